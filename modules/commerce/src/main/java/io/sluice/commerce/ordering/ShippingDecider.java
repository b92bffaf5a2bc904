package io.sluice.commerce.ordering;

import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.Optional;
import java.util.UUID;

/** What an order makes of what its carrier says, or does not say. */
final class ShippingDecider {

    private ShippingDecider() {}

    /** A carrier's word. Repeated, late or backward words change nothing. */
    static Decision record(Story story, OrderCommand.RecordShipment said) {
        return record(story, said, HoldReason.ADDRESS);
    }

    private static Decision record(Story story, OrderCommand.RecordShipment said, HoldReason whyCancelled) {
        Optional<Shipment> found = story.order().shipment(said.shipment());
        if (found.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        Shipment before = found.get();
        if (!before.status().mayBecome(said.status())) {
            boolean isOutAfterAll =
                    before.status() == ShipmentStatus.CANCELLED && said.status().isHandedOver();
            return isOutAfterAll ? OrderDecider.hold(story, HoldReason.CONFLICT).end() : story.end();
        }
        story.then(new OrderEvent.ShipmentMoved(
                before.id(), said.status(), said.reference(), said.trackingNumber(), said.reason()));
        if (said.status() == ShipmentStatus.CANCELLED) {
            return OrderDecider.hold(story, whyCancelled).end();
        }
        if (said.status().isHandedOver() && !before.status().isHandedOver()) {
            handedOver(story);
        }
        return OrderDecider.closeIfDone(story).end();
    }

    /** The carrier has it: the stock is gone, and the money is taken. */
    private static void handedOver(Story story) {
        if (story.order().reservation() == Reservation.HELD) {
            story.then(new OrderEvent.StockCommitted());
        }
        boolean isTaking = story.order().all(OperationKind.CAPTURE).findAny().isPresent();
        Optional<Operation> authorisation = story.order()
                .all(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED)
                .findFirst();
        if (!isTaking && authorisation.isPresent()) {
            PaymentDecider.request(
                    story,
                    OperationKind.CAPTURE,
                    story.order().total(),
                    authorisation.get().reference());
        }
    }

    static Decision silent(Story story, UUID shipmentId) {
        Optional<Shipment> shipment = story.order().shipment(shipmentId);
        if (shipment.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        ShipmentStatus status = shipment.get().status();
        if (status == ShipmentStatus.REQUESTED) {
            story.then(new OrderEvent.ShipmentMoved(shipmentId, ShipmentStatus.UNKNOWN, null, null, null));
        }
        return status == ShipmentStatus.REQUESTED || status == ShipmentStatus.UNKNOWN
                ? story.causing(new Effect(Effect.Kind.ASK_CARRIER, shipmentId, OrderDecider.FIRST_QUESTION))
                        .end()
                : story.end();
    }

    static Decision resend(Story story, UUID shipmentId) {
        Optional<Shipment> shipment = story.order().shipment(shipmentId);
        if (shipment.isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_FOUND);
        }
        boolean isToBeSent = shipment.get().status() == ShipmentStatus.UNKNOWN
                || shipment.get().status() == ShipmentStatus.REQUESTED;
        return isToBeSent
                ? story.causing(Effect.now(Effect.Kind.DISPATCH, shipmentId)).end()
                : story.end();
    }

    /** The parcel may not go out: it is called back, and the order waits for a person, or for its buyer to cancel it. */
    static Decision hold(Story story, OrderCommand.HoldShipment held) {
        return record(
                story,
                new OrderCommand.RecordShipment(
                        held.shipment(),
                        ShipmentStatus.CANCELLED,
                        null,
                        null,
                        held.reason().name()),
                held.reason());
    }
}
