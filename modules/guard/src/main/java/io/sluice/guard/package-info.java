/**
 * The typed bus and the in-line privacy verticle: the only way for a message from one room to another.
 *
 * <p>A message is a {@link io.sluice.guard.Parcel}: closed when it is sent, and closed when it arrives. The interceptor that
 * {@link io.sluice.guard.PrivacyVerticle} installs asks the kernel, logs the use, has the granted fields opened, and only
 * then opens the parcel for the handler, to exactly these fields. Without the interceptor every parcel stays closed and
 * every handler answers with a fault: it fails closed.
 *
 * <p>Rooms come in by {@link io.sluice.guard.Bus} and {@link io.sluice.guard.Address} alone. This package is the only one
 * that may import the Vert.x event bus. Consumers exist through {@link io.sluice.guard.Bus#serve} only, because it always
 * answers: a refusal comes back within milliseconds, a fault as a failed Future, and silence ends at the time-out.
 *
 * <p>Start reading at {@link io.sluice.guard.Address}, then {@link io.sluice.guard.Gate}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.guard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
