/**
 * Orders, payments, parcels, refunds: what a shop sells and owes.
 *
 * <p>The machines are pure; PostgreSQL holds the truth; effects on the outside world are durable steps. Personal fields pass
 * through as ciphertext; nothing is opened here. Commerce knows no HTTP, no partner's protocol and no other
 * sibling room: it meets them over the bus.
 *
 * <p>Start reading at {@link io.sluice.commerce.api.Checkout}, {@code ordering.OrderDecider} and
 * {@link io.sluice.commerce.Commerce}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
