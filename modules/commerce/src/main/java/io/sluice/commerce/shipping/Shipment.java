package io.sluice.commerce.shipping;

import io.sluice.commerce.ordering.Pieces;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One parcel. Its id is the idempotency key with the carrier.
 *
 * @param pieces what is in it
 * @param key the request's idempotency scope, if somebody asked for it: the same request again is the same parcel
 * @param fingerprint of the request's body
 * @param reference the carrier's own id, once known
 */
public record Shipment(
        UUID id,
        Pieces pieces,
        @Nullable String key,
        @Nullable String fingerprint,
        ShipmentStatus status,
        @Nullable String reference,
        @Nullable String trackingNumber,
        @Nullable String reason) {

    public static Shipment requested(UUID id, Pieces pieces, @Nullable String key, @Nullable String fingerprint) {
        return new Shipment(id, pieces, key, fingerprint, ShipmentStatus.REQUESTED, null, null, null);
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
                pieces,
                key,
                fingerprint,
                next,
                newReference == null ? reference : newReference,
                newTrackingNumber == null ? trackingNumber : newTrackingNumber,
                newReason);
    }
}
