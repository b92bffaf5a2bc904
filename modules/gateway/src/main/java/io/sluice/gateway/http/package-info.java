/**
 * The HTTP server: what every request meets before and after its own route. Problem documents (RFC 9457), limits, tracing, and
 * the one table that turns refusals into answers.
 *
 * Nothing here knows what an order is. Personal data is neither logged nor put into an error. A failure of ours is a 500 with a
 * code; something away is a 503 with {@code Retry-After}.
 *
 * Start reading at {@link io.sluice.gateway.http.GatewayVerticle} and {@link io.sluice.gateway.http.Problems}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
