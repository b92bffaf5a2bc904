package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.AMOUNT;
import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.FINAL;
import static io.sluice.commerce.api.CommerceFields.NEXT_ACTION_URL;
import static io.sluice.commerce.api.CommerceFields.OPERATION_ID;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.PAYMENT_METHOD;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.REFERENCE;
import static io.sluice.commerce.api.CommerceFields.STATUS;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The port to a payment provider. Commerce asks, an adapter in the gateway serves and speaks the provider's protocol.
 *
 * <p>The operation's id is the idempotency key: asking twice has the effect once. A definite answer is an outcome; silence,
 * a broken connection or a provider's own failure is a failed Future, and then the truth must be {@linkplain #LOOKUP looked
 * up}, never assumed.
 */
public final class ProviderCalls {

    public static final Address<Authorise, Answer> AUTHORISE = Address.of(
                    "provider.authorise", Purpose.TRANSACTION_VERIFICATION)
            .goesOutside()
            .reads(OPERATION_ID, ORDER_ID, AMOUNT, CURRENCY)
            .opens(PAYMENT_METHOD)
            .as(granted -> new Authorise(
                    granted.read(OPERATION_ID),
                    granted.read(ORDER_ID),
                    granted.read(AMOUNT),
                    granted.read(CURRENCY),
                    granted.opened(PAYMENT_METHOD)))
            .answersReading(STATUS, REFERENCE, AMOUNT, CURRENCY, REASON, NEXT_ACTION_URL)
            .as(Answer::from);

    /** Takes (part of) an authorised amount; {@code FINAL} releases the rest. */
    public static final Address<Onward, Answer> CAPTURE = onward("provider.capture", Purpose.TRANSACTION_VERIFICATION);

    /** Releases an authorisation. */
    public static final Address<Onward, Answer> VOID = onward("provider.void", Purpose.TRANSACTION_VERIFICATION);

    /** Gives (part of) a captured amount back. */
    public static final Address<Onward, Answer> REFUND = onward("provider.refund", Purpose.REFUND_MANAGEMENT);

    /** What became of an operation; status {@code absent} if the provider never had it, or may be asked for it once more. */
    public static final Address<Sought, Answer> LOOKUP = Address.of("provider.lookup", Purpose.TRANSACTION_VERIFICATION)
            .goesOutside()
            .reads(OPERATION_ID, REFERENCE)
            .as(granted -> new Sought(granted.read(OPERATION_ID), granted.readOrNull(REFERENCE)))
            .answersReading(STATUS, REFERENCE, AMOUNT, CURRENCY, REASON, NEXT_ACTION_URL)
            .as(Answer::from);

    private ProviderCalls() {}

    private static Address<Onward, Answer> onward(String name, Purpose purpose) {
        return Address.of(name, purpose)
                .goesOutside()
                .reads(OPERATION_ID, ORDER_ID, REFERENCE, AMOUNT, CURRENCY, FINAL)
                .as(granted -> new Onward(
                        granted.read(OPERATION_ID),
                        granted.read(ORDER_ID),
                        granted.read(REFERENCE),
                        granted.read(AMOUNT),
                        granted.read(CURRENCY),
                        Boolean.TRUE.equals(granted.readOrNull(FINAL))))
                .answersReading(STATUS, REFERENCE, AMOUNT, CURRENCY, REASON, NEXT_ACTION_URL)
                .as(Answer::from);
    }

    public record Authorise(UUID operationId, UUID orderId, long amount, String currency, Plain<String> method) {}

    /** A further operation on what the provider calls {@code reference}: an authorisation, or a capture for a refund. */
    public record Onward(
            UUID operationId, UUID orderId, String reference, long amount, String currency, boolean isFinal) {}

    /** @param reference what the operation works on, as for {@link Onward}; null for an authorisation, which works on nothing */
    public record Sought(UUID operationId, @Nullable String reference) {}

    /**
     * @param status {@code succeeded, pending, requires_action, declined, failed, expired, reversed} or {@code absent}
     * @param reference the provider's id of the operation; null if absent
     * @param amount what the provider says that it moved; to be held against what was asked
     */
    public record Answer(
            String status,
            @Nullable String reference,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String reason,
            @Nullable String nextActionUrl) {

        private static Answer from(Granted granted) {
            return new Answer(
                    granted.read(STATUS),
                    granted.readOrNull(REFERENCE),
                    granted.readOrNull(AMOUNT),
                    granted.readOrNull(CURRENCY),
                    granted.readOrNull(REASON),
                    granted.readOrNull(NEXT_ACTION_URL));
        }
    }
}
