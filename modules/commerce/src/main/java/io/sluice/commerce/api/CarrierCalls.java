package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.DELIVERY_CITY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_COUNTRY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_LINE1;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_LINE2;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_NAME;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_PHONE;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_POSTCODE;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_REGION;
import static io.sluice.commerce.api.CommerceFields.OPERATION_ID;
import static io.sluice.commerce.api.CommerceFields.ORDER_ID;
import static io.sluice.commerce.api.CommerceFields.REASON;
import static io.sluice.commerce.api.CommerceFields.REFERENCE;
import static io.sluice.commerce.api.CommerceFields.STATUS;
import static io.sluice.commerce.api.CommerceFields.TRACKING_NUMBER;
import static io.sluice.commerce.api.CommerceFields.delivery;

import io.sluice.guard.Address;
import io.sluice.guard.Granted;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The port to a carrier. The only place where a delivery address is opened. Idempotent by the shipment's id; silence is a
 * failed Future and means that the truth must be looked up.
 */
public final class CarrierCalls {

    public static final Address<Dispatch, Answer> DISPATCH = Address.of("carrier.dispatch", Purpose.SHIPMENT)
            .goesOutside()
            .reads(OPERATION_ID, ORDER_ID)
            .opens(delivery())
            .as(Dispatch::from)
            .answersReading(STATUS, REFERENCE, TRACKING_NUMBER, REASON)
            .as(Answer::from);

    /** What became of a dispatch; status {@code absent} if the carrier never had it. */
    public static final Address<UUID, Answer> LOOKUP = Address.of("carrier.lookup", Purpose.SHIPMENT)
            .goesOutside()
            .reads(OPERATION_ID)
            .as(granted -> granted.read(OPERATION_ID))
            .answersReading(STATUS, REFERENCE, TRACKING_NUMBER, REASON)
            .as(Answer::from);

    private CarrierCalls() {}

    /** A parcel to be brought. {@code shipmentId} is the idempotency key. */
    public record Dispatch(
            UUID shipmentId,
            UUID orderId,
            Plain<String> name,
            Plain<String> line1,
            @Nullable Plain<String> line2,
            Plain<String> city,
            @Nullable Plain<String> region,
            Plain<String> postcode,
            Plain<String> country,
            @Nullable Plain<String> phone) {

        private static Dispatch from(Granted granted) {
            return new Dispatch(
                    granted.read(OPERATION_ID),
                    granted.read(ORDER_ID),
                    granted.opened(DELIVERY_NAME),
                    granted.opened(DELIVERY_LINE1),
                    granted.openedOrNull(DELIVERY_LINE2),
                    granted.opened(DELIVERY_CITY),
                    granted.openedOrNull(DELIVERY_REGION),
                    granted.opened(DELIVERY_POSTCODE),
                    granted.opened(DELIVERY_COUNTRY),
                    granted.openedOrNull(DELIVERY_PHONE));
        }
    }

    /** @param status {@code accepted, refused, cancelled}, a tracking status, or {@code absent} */
    public record Answer(
            String status,
            @Nullable String reference,
            @Nullable String trackingNumber,
            @Nullable String reason) {

        private static Answer from(Granted granted) {
            return new Answer(
                    granted.read(STATUS),
                    granted.readOrNull(REFERENCE),
                    granted.readOrNull(TRACKING_NUMBER),
                    granted.readOrNull(REASON));
        }
    }
}
