/** The keystore's specification, on real files. */
@NullMarked
package io.sluice.vault.keystore;

import org.jspecify.annotations.NullMarked;
