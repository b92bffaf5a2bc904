package io.sluice.commerce.ordering;

import io.sluice.commerce.ordering.Decision.Story;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What goes to the carrier, and what an order makes of what the carrier says, or does not say. */
final class ShippingDecider {

    private ShippingDecider() {}

    /** Staff send pieces out; the same request again is the same parcel. */
    static Decision dispatch(Story story, OrderCommand.Dispatch wanted) {
        Order order = story.order();
        Optional<Shipment> same = order.shipments().stream()
                .filter(parcel -> wanted.key().equals(parcel.key()))
                .findFirst();
        if (same.isPresent()) {
            return wanted.fingerprint().equals(same.get().fingerprint())
                    ? story.end()
                    : new Decision.Refused(OrderRefusal.KEY_REUSED);
        }
        Pieces left = order.left();
        Pieces pieces = wanted.pieces() == null ? left : wanted.pieces();
        if (!order.ordered().bySku().keySet().containsAll(pieces.bySku().keySet())) {
            return new Decision.Refused(OrderRefusal.UNKNOWN_SKU);
        }
        boolean isSendable = order.state() == OrderState.CONFIRMED
                && OrderMoney.isCovered(order)
                && !pieces.isEmpty()
                && left.covers(pieces);
        if (!isSendable) {
            return new Decision.Refused(OrderRefusal.NOT_DISPATCHABLE);
        }
        if (!order.hasRoom()) {
            return new Decision.Refused(OrderRefusal.TOO_MANY_STEPS);
        }
        return send(story, pieces, wanted.key(), wanted.fingerprint()).end();
    }

    private static Story send(Story story, Pieces pieces, @Nullable String key, @Nullable String fingerprint) {
        UUID id = story.order().nextNumbered();
        return story.then(new OrderEvent.ShipmentRequested(Shipment.requested(id, pieces, key, fingerprint)))
                .causing(Effect.now(Effect.Kind.DISPATCH, id));
    }

    /**
     * What is left goes elsewhere; an order that waited for a better address goes on. While a carrier is being told of a parcel nobody can
     * say which address it has heard, and a repeat under the same key must say the same; while a person looks for fraud, what they look at
     * stays as it is. Under today's tariff it must come to what was agreed on.
     */
    static Decision correctAddress(Story story, OrderCommand.CorrectAddress correct, OrderRules rules) {
        Order order = story.order();
        if (correct.seen() != null && correct.seen() != order.version()) {
            return new Decision.Refused(OrderRefusal.CHANGED_MEANWHILE);
        }
        boolean isGoingOn = order.state() == OrderState.PLACED
                || order.state() == OrderState.CONFIRMED
                || (order.state() == OrderState.ON_HOLD && order.hold() != HoldReason.FRAUD);
        boolean isBeingTold = order.shipments().stream()
                .anyMatch(parcel ->
                        parcel.status() == ShipmentStatus.REQUESTED || parcel.status() == ShipmentStatus.UNKNOWN);
        if (!isGoingOn || isBeingTold || order.left().isEmpty()) {
            return new Decision.Refused(OrderRefusal.NOT_READDRESSABLE);
        }
        Optional<List<Charge>> charges = rules.tariff()
                .charges(
                        correct.to(),
                        order.lines().stream().map(OrderLine::goods).toList());
        if (charges.isEmpty()) {
            return new Decision.Refused(OrderRefusal.DESTINATION_NOT_SERVED);
        }
        if (!isAsAgreed(order, charges.get())) {
            return new Decision.Refused(OrderRefusal.COSTS_OTHERWISE);
        }
        story.then(new OrderEvent.AddressCorrected(charges.get()));
        return order.hold() == HoldReason.ADDRESS ? ReviewDecider.release(story, rules) : story.end();
    }

    /**
     * Each line must come to what was agreed on. The tax in that is the new place's, as long as nothing has gone to the old one; then it
     * must be the same.
     */
    private static boolean isAsAgreed(Order order, List<Charge> charges) {
        return IntStream.range(0, charges.size()).allMatch(i -> {
            OrderLine line = order.lines().get(i);
            return line.total().equals(new OrderLine(line.goods(), charges.get(i)).total())
                    && (order.committed().isEmpty() || line.charge().equals(charges.get(i)));
        });
    }

    /** A confirmed order goes on: what is left of it goes to the carrier, if the merchant has it so. */
    static Story goOn(Story story, OrderRules rules) {
        Pieces left = story.order().left();
        if (left.isEmpty()) {
            return OrderDecider.closeIfDone(AuthorisationDecider.settleRest(story));
        }
        return rules.autoDispatch() && story.order().hasRoom()
                ? send(story, left, null, null)
                : AuthorisationDecider.watch(story);
    }

    /** A carrier's word. Repeated, late or backward words change nothing. */
    static Decision record(Story story, OrderCommand.RecordShipment said, OrderRules rules) {
        return record(story, said, HoldReason.ADDRESS, rules);
    }

    private static Decision record(
            Story story, OrderCommand.RecordShipment said, HoldReason whyCancelled, OrderRules rules) {
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
            boolean isForReview = whyCancelled == HoldReason.FRAUD;
            return (isForReview
                            ? ReviewDecider.hold(story, whyCancelled, rules)
                            : OrderDecider.hold(story, whyCancelled))
                    .end();
        }
        if (said.status().isHandedOver() && !before.status().isHandedOver()) {
            // the carrier has it: the goods are gone, and their money is taken
            story.then(new OrderEvent.StockCommitted(before.pieces()));
            PaymentDecider.capture(story);
        }
        return OrderDecider.closeIfDone(story).end();
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
                ? AuthorisationDecider.watch(story)
                        .causing(new Effect(Effect.Kind.ASK_CARRIER, shipmentId, OrderDecider.FIRST_QUESTION))
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
    static Decision hold(Story story, OrderCommand.HoldShipment held, OrderRules rules) {
        return record(
                story,
                new OrderCommand.RecordShipment(held.shipment(), ShipmentStatus.CANCELLED, null, null, held.why()),
                held.reason(),
                rules);
    }
}
