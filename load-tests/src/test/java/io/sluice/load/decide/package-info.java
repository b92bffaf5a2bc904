/** The yardstick's own specification. */
@NullMarked
package io.sluice.load.decide;

import org.jspecify.annotations.NullMarked;
