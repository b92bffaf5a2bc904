/** The yardstick's own specification. */
@NullMarked
package io.sluice.load;

import org.jspecify.annotations.NullMarked;
