package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.AMOUNT;
import static io.sluice.commerce.api.CommerceFields.CURRENCY;
import static io.sluice.commerce.api.CommerceFields.EVENT_ID;
import static io.sluice.commerce.api.CommerceFields.EVENT_KIND;
import static io.sluice.commerce.api.CommerceFields.OPERATION_ID;
import static io.sluice.commerce.api.CommerceFields.PARTNER;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.REFERENCE;
import static io.sluice.commerce.api.CommerceFields.STATUS;
import static io.sluice.commerce.api.CommerceFields.TRACKING_NUMBER;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Partners' callbacks, verified and cut to catalogued slots by the gateway. The answer comes once the callback is durable in
 * the inbox; one that is there already changes nothing and is answered alike.
 */
public final class Callbacks {

    public static final Address<Callback, Address.Done> PAYMENT =
            callback("payment.callback", Purpose.TRANSACTION_VERIFICATION);

    public static final Address<Callback, Address.Done> SHIPMENT = callback("shipping.callback", Purpose.SHIPMENT);

    private Callbacks() {}

    private static Address<Callback, Address.Done> callback(String name, Purpose purpose) {
        return Address.of(name, purpose)
                .reads(
                        PARTNER,
                        EVENT_ID,
                        EVENT_KIND,
                        OPERATION_ID,
                        REFERENCE,
                        STATUS,
                        AMOUNT,
                        CURRENCY,
                        TRACKING_NUMBER,
                        REASON)
                .as(Callback::from)
                .withoutAnswer();
    }

    /**
     * @param eventId unique with the partner; the same when it is sent again
     * @param operationId our id of the operation or shipment, if the partner says it; of a chargeback that of the payment
     * @param reference the partner's own id; of a chargeback without our id a {@link DisputeName}
     * @param trackingNumber what a parcel is found by, if the partner does not say our id
     */
    public record Callback(
            String partner,
            String eventId,
            String kind,
            @Nullable UUID operationId,
            @Nullable String reference,
            @Nullable String status,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String trackingNumber,
            @Nullable String reason) {

        private static Callback from(Granted granted) {
            return new Callback(
                    granted.read(PARTNER),
                    granted.read(EVENT_ID),
                    granted.read(EVENT_KIND),
                    granted.readOrNull(OPERATION_ID),
                    granted.readOrNull(REFERENCE),
                    granted.readOrNull(STATUS),
                    granted.readOrNull(AMOUNT),
                    granted.readOrNull(CURRENCY),
                    granted.readOrNull(TRACKING_NUMBER),
                    granted.readOrNull(REASON));
        }
    }
}
