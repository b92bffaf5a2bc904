/** The vault's specification. */
@NullMarked
package io.sluice.vault;

import org.jspecify.annotations.NullMarked;
