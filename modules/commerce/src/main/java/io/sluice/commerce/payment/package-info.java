/**
 * Operations on money: authorise, capture, void, refund. The machine of one operation is pure; {@code PaymentVerticle} and
 * {@code PaymentSteps} carry it out over the bus.
 *
 * A provider's silence is {@link io.sluice.commerce.payment.OperationStatus#UNKNOWN}, never a failure: it is looked up under
 * the same idempotency key until the provider says what happened. Amounts that do not match what was asked are
 * {@link io.sluice.commerce.payment.OperationStatus#CONFLICTED} and hold the order.
 *
 * Start reading at {@link io.sluice.commerce.payment.OperationStatus}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.payment;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
