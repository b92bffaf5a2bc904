package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_FINGERPRINT;
import static io.sluice.commerce.api.CommerceFields.IDEMPOTENCY_SCOPE;
import static io.sluice.commerce.api.CommerceFields.LINES;
import static io.sluice.commerce.api.CommerceFields.ORDER;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REPLAYED;
import static io.sluice.commerce.api.CommerceFields.sealedWithOrder;

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
 * <p>Opens nothing: what is personal is carried as ciphertext and stored with the order.
 *
 * @param scope the idempotency key's scope, hex
 * @param fingerprint of the canonical body, hex: the same scope with another fingerprint is refused
 * @param sealed what rests sealed with the order, by field
 */
public record Checkout(
        UUID orderId,
        String currency,
        List<LineWanted> lines,
        String scope,
        String fingerprint,
        Map<Field<String>, Sealed> sealed) {

    public static final Address<Checkout, Answer> ADDRESS = Address.of("order.place", Purpose.TRANSACTION_VERIFICATION)
            .commitsItsLeaf()
            .reads(ORDER_ID, CURRENCY, LINES, IDEMPOTENCY_SCOPE, IDEMPOTENCY_FINGERPRINT)
            .carries(sealedWithOrder())
            .as(Checkout::from)
            .answersReading(ORDER, REPLAYED)
            .as(granted -> new Answer(granted.read(ORDER), granted.read(REPLAYED)));

    /**
     * Whether the products of an order are such that it could ever be accepted; what is free of them is not judged. For askers
     * who would leave a trace before they ask for the order itself.
     */
    public static final Address<Products, Address.Done> CHECK = Address.of(
                    "order.check", Purpose.TRANSACTION_VERIFICATION)
            .reads(CURRENCY, LINES)
            .as(granted -> new Products(granted.read(CURRENCY), granted.read(LINES)))
            .withoutAnswer();

    /** What an order is to be made of. */
    public record Products(String currency, List<LineWanted> lines) {
        public Products {
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
                granted.carriedOf(CommerceFields.SEALED_WITH_ORDER));
    }
}
