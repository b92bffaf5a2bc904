/**
 * Orders over HTTP: the one place where a customer's words become an order's parcel. What is personal is sealed here, under its
 * owner's key, before it goes anywhere; nothing of a refused request is stored or logged.
 *
 * Start reading at {@link io.sluice.gateway.order.PlaceOrderRoute}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.order;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
