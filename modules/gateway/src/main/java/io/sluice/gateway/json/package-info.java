/**
 * Reading request bodies: parsed once, by streaming, straight into the drafts of those who read, and with every problem
 * collected, so that a request is refused with all that is wrong with it and leaves no trace.
 *
 * <p>What may stand where is a constant made of {@link io.sluice.gateway.json.JsonObject}s and
 * {@link io.sluice.gateway.json.JsonValue}s. Every text is searched for card numbers (clause A5), in fields that nobody
 * catalogued and in names as well; a field that nobody catalogued is refused (clause A1). A value that was sent is never said
 * back, and nothing of a body outlives its request: no recycled buffers, no table of names.
 *
 * <p>Whoever reads a body may enter. The only failure is {@link io.sluice.gateway.http.Refused}; nothing here waits.
 *
 * <p>Start reading at {@link io.sluice.gateway.json.JsonBody}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
