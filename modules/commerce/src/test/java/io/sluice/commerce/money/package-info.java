/** How amounts are divided. */
@NullMarked
package io.sluice.commerce.money;

import org.jspecify.annotations.NullMarked;
