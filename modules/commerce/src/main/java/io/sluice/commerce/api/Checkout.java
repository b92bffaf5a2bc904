package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_COUNTRY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_REGION;
import static io.sluice.commerce.api.CommerceFields.DESTINATION;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_FINGERPRINT;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_SCOPE;
import static io.sluice.commerce.api.CommerceFields.LINES;
import static io.sluice.commerce.api.CommerceFields.ORDER;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REPLAYED;
import static io.sluice.commerce.api.CommerceFields.sealedWithOrder;

import io.sluice.commerce.pricing.Destination;
import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Field;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Sealed;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Places an order: holds the stock of all lines or of none and accepts the order durably, or refuses it. The parcel's buyer
 * is the customer, its addressee the recipient of a gift, its record the order's id, which the asker makes.
 *
 * <p>What is personal is carried as ciphertext and stored with the order; what it costs depends on the country and the region, which
 * alone are opened.
 *
 * @param scope the idempotency key's scope, hex
 * @param fingerprint of the canonical body, hex: the same scope with another fingerprint is refused
 * @param to the country and region that it goes to
 * @param sealed what rests sealed with the order, by field
 */
public record Checkout(
        UUID orderId,
        String currency,
        List<LineWanted> lines,
        String scope,
        String fingerprint,
        Destination to,
        Map<Field<String>, Sealed> sealed) {

    public static final Address<Checkout, Answer> ADDRESS = Address.of("order.place", Purpose.TRANSACTION_VERIFICATION)
            .commitsItsLeaf()
            .reads(ORDER_ID, CURRENCY, LINES, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .opens(DELIVERY_COUNTRY, DELIVERY_REGION)
            .carries(sealedWithOrder())
            .as(Checkout::from)
            .answersReading(ORDER, REPLAYED)
            .as(granted -> new Answer(granted.read(ORDER), granted.read(REPLAYED)));

    /**
     * What an order would cost, or why it could never be accepted; what is free of its products is not judged. Nothing is kept of the
     * question, and nobody is named in it.
     */
    public static final Address<Wish, Quote> QUOTE = Address.of("order.quote", Purpose.TRANSACTION_VERIFICATION)
            .reads(CURRENCY, LINES, DESTINATION)
            .as(granted -> new Wish(
                    granted.read(CURRENCY), granted.read(LINES), Destination.ofCode(granted.read(DESTINATION))))
            .answersReading(CommerceFields.QUOTE)
            .as(granted -> granted.read(CommerceFields.QUOTE));

    /** What an order is to be made of, and where it is to go. */
    public record Wish(String currency, List<LineWanted> lines, Destination to) {
        public Wish {
            lines = List.copyOf(lines);
        }
    }

    /** The order as accepted; {@code replayed} if it is the first answer said once more. */
    public record Answer(OrderSummary order, boolean replayed) {}

    public Checkout {
        lines = List.copyOf(lines);
        sealed = Map.copyOf(sealed);
    }

    private static Checkout from(Granted granted) {
        return new Checkout(
                granted.read(ORDER_ID),
                granted.read(CURRENCY),
                granted.read(LINES),
                granted.read(IDEMPOTENCY_SCOPE),
                granted.read(IDEMPOTENCY_FINGERPRINT),
                Destination.of(granted.opened(DELIVERY_COUNTRY), granted.openedOrNull(DELIVERY_REGION)),
                granted.carriedOf(CommerceFields.SEALED_WITH_ORDER));
    }
}
