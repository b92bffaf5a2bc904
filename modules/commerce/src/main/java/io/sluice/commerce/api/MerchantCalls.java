package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.AMOUNT;
import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.HAPPENINGS;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.STATUS;
import static io.sluice.commerce.api.CommerceFields.SUBSCRIPTIONS;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The port to the merchant's own systems. That an order of somebody's stands so and so is told of them, though no personal field
 * goes out: the guard asks for the person's permission and the agreement, and writes each notice down as a disclosure.
 */
public final class MerchantCalls {

    public static final Address<Notice, Answer> NOTIFY = Address.of("merchant.notify", Purpose.TRANSACTION_VERIFICATION)
            .tellsOutside()
            .reads(SUBSCRIPTIONS, ORDER_ID, HAPPENINGS, AMOUNT, CURRENCY)
            .as(Notice::from)
            .answersReading(STATUS, REASON)
            .as(granted -> new Answer(granted.read(STATUS), granted.readOrNull(REASON)));

    private MerchantCalls() {}

    /**
     * One event of one order for one subscription.
     *
     * @param total of the order's lines as they were ordered, in minor units; null if it is not granted
     */
    public record Notice(
            Subscription to,
            UUID orderId,
            OrderHappening event,
            @Nullable Long total,
            @Nullable String currency) {

        private static Notice from(Granted granted) {
            return new Notice(
                    granted.read(SUBSCRIPTIONS).getFirst(),
                    granted.read(ORDER_ID),
                    granted.read(HAPPENINGS).getFirst(),
                    granted.readOrNull(AMOUNT),
                    granted.readOrNull(CURRENCY));
        }
    }

    /**
     * @param status {@code delivered}; {@code gone}, of a receiver that wants nothing more; {@code busy}, of one that wants to be left
     *     in peace for a while; or {@code failed}
     * @param reason a code of why it is not delivered
     */
    public record Answer(String status, @Nullable String reason) {}
}
