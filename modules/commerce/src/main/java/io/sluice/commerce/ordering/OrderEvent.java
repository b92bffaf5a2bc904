package io.sluice.commerce.ordering;

import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What has happened to an order. The simple name of each is its stable name in the order's history. */
public sealed interface OrderEvent {

    /** The order was accepted and its stock held. */
    record OrderPlaced(Money total) implements OrderEvent {}

    record OrderConfirmed() implements OrderEvent {}

    record OrderRejected() implements OrderEvent {}

    record OrderExpired() implements OrderEvent {}

    record OrderHeld(HoldReason reason) implements OrderEvent {}

    record CancellationRequested() implements OrderEvent {}

    record OrderCancelled() implements OrderEvent {}

    record OrderClosed() implements OrderEvent {}

    /** A person has looked, and it goes on from where it stands. */
    record HoldReleased(OrderState state) implements OrderEvent {}

    /** These are not wanted any more. */
    record QuantitiesLowered(Pieces givenUp) implements OrderEvent {}

    /**
     * What has not gone out yet goes elsewhere. Where to rests beside the order, sealed.
     *
     * @param charges what comes with each line there
     */
    record AddressCorrected(List<Charge> charges) implements OrderEvent {
        public AddressCorrected {
            charges = List.copyOf(charges);
        }
    }

    /** The goods are on their way: what was held of them is gone. */
    record StockCommitted(Pieces pieces) implements OrderEvent {}

    record StockReleased(Pieces pieces) implements OrderEvent {}

    record OperationRequested(Operation operation) implements OrderEvent {}

    /** @param until when the provider lets an authorisation go by itself; null for all else */
    record OperationMoved(
            UUID operation,
            OperationStatus status,
            @Nullable String reference,
            @Nullable Instant until,
            @Nullable String nextActionUrl,
            @Nullable String reason)
            implements OrderEvent {}

    record ShipmentRequested(Shipment shipment) implements OrderEvent {}

    record ShipmentMoved(
            UUID shipment,
            ShipmentStatus status,
            @Nullable String reference,
            @Nullable String trackingNumber,
            @Nullable String reason)
            implements OrderEvent {}

    record RefundDecided(Refund refund) implements OrderEvent {}

    record RefundMoved(UUID refund, RefundStatus status) implements OrderEvent {}

    record ReturnRequested(Return returned) implements OrderEvent {}

    /** @param condition said when they are received */
    record ReturnMoved(UUID returned, ReturnStatus status, Return.@Nullable Condition condition)
            implements OrderEvent {}

    /** What came back is on the shelf again. */
    record StockReturned(Pieces pieces) implements OrderEvent {}

    default String kind() {
        return getClass().getSimpleName();
    }
}
