/** What comes on top of goods. */
@NullMarked
package io.sluice.commerce.pricing;

import org.jspecify.annotations.NullMarked;
