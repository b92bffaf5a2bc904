/**
 * The door for partners' callbacks: {@code POST /v1/webhooks/payments/{provider}} and {@code …/carriers/{provider}}.
 *
 * <p>A callback is believed for its signature alone, by the protocol that its partner is configured with; it covers the raw
 * bytes, and is checked before anything of them is believed. Only the catalogued slots are read, as a stream; whatever else a
 * partner sends is skipped unread, and nothing raw is kept or logged. What remains is put into the same words whoever sent it,
 * and asked into commerce's inbox over the bus; a 200 means that it is durable there.
 *
 * <p>A genuine callback is answered 200 also when it is repeated (the inbox knows it) or of a kind that is not ours. Unsigned,
 * forged, stale, from the future: 401; garbled: 400; larger than the limit: 413; a partner without a secret: 404. When the
 * inbox cannot take it, or not in time, the answer is 503 with {@code Retry-After}, and the partner calls again. Hostile
 * headers end in a refusal, never in an exception. Only the gateway's router enters.
 *
 * <p>Callbacks have no budget of requests, neither by address nor by partner: a forged one costs about as much to refuse by its
 * signature as by a count, and a count that forged ones could use up, or that many share behind a proxy, would refuse genuine ones.
 * They have room of their own beside the API's requests, and one partner's genuine ones a part of it: past that 429 with
 * {@code Retry-After}.
 *
 * <p>Here is what all protocols share; each has a room of its own below, and none knows another. Start reading at {@link
 * io.sluice.gateway.webhook.WebhookRoutes}, then {@link io.sluice.gateway.webhook.CallbackProtocol}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
