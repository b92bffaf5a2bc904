/** The guard's specification, on a real event bus. */
@NullMarked
package io.sluice.guard;

import org.jspecify.annotations.NullMarked;
