package io.sluice.commerce.shipping;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One parcel. Its id is the idempotency key with the carrier.
 *
 * @param reference the carrier's own id, once known
 */
public record Shipment(
        UUID id,
        ShipmentStatus status,
        @Nullable String reference,
        @Nullable String trackingNumber,
        @Nullable String reason) {

    public static Shipment requested(UUID id) {
        return new Shipment(id, ShipmentStatus.REQUESTED, null, null, null);
    }

    /** The same parcel, as far as it has come. Throws if it cannot come from here to there. */
    public Shipment moved(
            ShipmentStatus next,
            @Nullable String newReference,
            @Nullable String newTrackingNumber,
            @Nullable String newReason) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("shipment " + id + " cannot go from " + status + " to " + next);
        }
        return new Shipment(
                id,
                next,
                newReference == null ? reference : newReference,
                newTrackingNumber == null ? trackingNumber : newTrackingNumber,
                newReason);
    }
}
