package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is to be done with an order, or what somebody says has happened. Each may come twice, late, or out of order. */
public sealed interface OrderCommand {

    /** The buyer wants out, or the shop. */
    record Cancel() implements OrderCommand {}

    /**
     * The buyer wants fewer.
     *
     * @param keep so many of each of these SKUs are to remain; what is not named remains as it is
     */
    record LowerQuantities(Map<String, Integer> keep) implements OrderCommand {
        public LowerQuantities {
            keep = Map.copyOf(keep);
        }
    }

    /**
     * Staff send pieces out, in one parcel.
     *
     * @param pieces null for all that is left
     */
    record Dispatch(@Nullable Pieces pieces, String key, String fingerprint) implements OrderCommand {}

    /**
     * What has not gone out yet is to go elsewhere; the buyer says so, or staff who were told.
     *
     * @param seen the order's version that the decision rests on; null for any
     * @param to the country and region of that address
     * @param delivery the whole address anew, sealed as the order's
     */
    record CorrectAddress(@Nullable Long seen, Destination to, Map<Field<String>, Sealed> delivery)
            implements OrderCommand {
        public CorrectAddress {
            delivery = Map.copyOf(delivery);
        }
    }

    /** Staff take what is owed for parcels that have gone out: an earlier try has failed. */
    record CaptureOwed() implements OrderCommand {}

    /** Staff give up what has not gone out, and let go of the money for it. */
    record VoidRest() implements OrderCommand {}

    /** Staff stop the order, to look at it. */
    record Hold() implements OrderCommand {}

    /** Staff have looked, and let it go on. */
    record Release() implements OrderCommand {}

    /** Nobody has looked in time. */
    record ReviewOverdue() implements OrderCommand {}

    /**
     * Staff pay money back.
     *
     * @param amount null for what the lines cost, or for all that is left
     * @param lines null for the order as a whole
     */
    record RefundMoney(
            @Nullable Money amount, @Nullable List<LineWanted> lines, String reason, String key, String fingerprint)
            implements OrderCommand {}

    /**
     * The buyer wants to send pieces back.
     *
     * @param reason a word of the API's list
     */
    record RequestReturn(Pieces pieces, String reason, String key, String fingerprint) implements OrderCommand {}

    /**
     * Staff take a return a step further.
     *
     * @param condition in which they came, where the status is {@link ReturnStatus#RECEIVED}
     * @param amount how much goes back, where the status is {@link ReturnStatus#REFUNDED}; null for what the pieces cost
     */
    record MoveReturn(
            UUID id,
            ReturnStatus status,
            Return.@Nullable Condition condition,
            @Nullable Money amount) implements OrderCommand {}

    /** The provider has said where an operation stands: as its answer, by callback, or when looked up. */
    record RecordOperation(
            UUID operation,
            OperationStatus status,
            @Nullable Money moved,
            @Nullable String reference,
            @Nullable String nextActionUrl,
            @Nullable String reason)
            implements OrderCommand {}

    /**
     * The provider has said that the buyer's bank takes back what was captured.
     *
     * @param payment the capture of which it takes back all or some; the authorisation, where the provider does not say which
     * @param reference the provider's own id of the dispute
     * @param isWon whether the bank has given it up again
     */
    record RecordChargeback(
            UUID payment,
            String reference,
            boolean isWon,
            Money amount,
            @Nullable String reason) implements OrderCommand {}

    /** The time for which the provider lets an authorisation stand has passed. */
    record AuthorisationLapsed(UUID operation) implements OrderCommand {}

    /** The provider has never had this operation: it is to be sent again under the same key. */
    record ResendOperation(UUID operation) implements OrderCommand {}

    /** The provider did not answer in time. */
    record OperationSilent(UUID operation) implements OrderCommand {}

    /** The carrier has said where a parcel stands. */
    record RecordShipment(
            UUID shipment,
            ShipmentStatus status,
            @Nullable String reference,
            @Nullable String trackingNumber,
            @Nullable String reason)
            implements OrderCommand {}

    /** The carrier has never had this parcel: it is to be asked again under the same key. */
    record ResendShipment(UUID shipment) implements OrderCommand {}

    record ShipmentSilent(UUID shipment) implements OrderCommand {}

    /**
     * We let the parcel not go to the carrier, which has nothing of it: the privacy verticle, or who looks for fraud.
     *
     * @param why a code
     */
    record HoldShipment(UUID shipment, HoldReason reason, String why) implements OrderCommand {
        public HoldShipment(UUID shipment, HoldReason reason) {
            this(shipment, reason, reason.name());
        }
    }

    /** The time for paying has passed. */
    record Expire() implements OrderCommand {}
}
