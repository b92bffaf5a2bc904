package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.DELIVERY_COUNTRY;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.STATUS;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Looks at an order before its goods go out (clause C7). The parcel's parties are the order's.
 *
 * @param country where it goes, ISO 3166-1 alpha-2, if that matters for this order
 */
public record FraudScreening(UUID orderId, @Nullable Plain<String> country) {

    public static final String CLEAR = "clear";
    public static final String SUSPECT = "suspect";

    public static final Address<FraudScreening, Verdict> ADDRESS = Address.of("fraud.screen", Purpose.FRAUD_PREVENTION)
            .reads(ORDER_ID)
            .opens(DELIVERY_COUNTRY)
            .as(granted -> new FraudScreening(granted.read(ORDER_ID), granted.openedOrNull(DELIVERY_COUNTRY)))
            .answersReading(STATUS, REASON)
            .as(Verdict::from);

    /**
     * @param isClear whether it may go out
     * @param reason a code, if it may not
     */
    public record Verdict(boolean isClear, @Nullable String reason) {

        /** Only a clear word is one. */
        private static Verdict from(Granted granted) {
            return new Verdict(CLEAR.equals(granted.read(STATUS)), granted.readOrNull(REASON));
        }
    }
}
