/** The transit adapter's specification, against a server that speaks the engine's protocol. */
@NullMarked
package io.sluice.vault.transit;

import org.jspecify.annotations.NullMarked;
