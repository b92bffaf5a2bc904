/** The kernel's specification. */
@NullMarked
package io.sluice.kernel;

import org.jspecify.annotations.NullMarked;
