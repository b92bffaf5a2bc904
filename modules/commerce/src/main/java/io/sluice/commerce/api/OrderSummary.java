package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as its buyer and the staff see it: no personal field.
 *
 * @param costs of the order as it was placed; frozen since
 * @param cancelled pieces that were given up
 * @param parcels in the order in which they were sent
 * @param returns goods that come back, in the order in which that was asked for
 * @param captured taken so far
 * @param refunded given back so far
 * @param refundedTax how much of what was decided to be given back is tax
 * @param paymentStatus derived; vocabulary of the API
 * @param fulfilmentStatus derived; vocabulary of the API
 * @param holdReason why it is on hold, if it is
 * @param suspicion which rule has stopped it, if one has; for staff alone
 * @param nextActionUrl where the buyer must go (3-D Secure), if anywhere
 * @param createdAtMillis wall-clock time of acceptance
 */
public record OrderSummary(
        UUID id,
        String state,
        @Nullable String holdReason,
        @Nullable String suspicion,
        long version,
        Quote costs,
        List<LineWanted> cancelled,
        List<Parcel> parcels,
        List<Return> returns,
        long captured,
        long refunded,
        long refundedTax,
        String paymentStatus,
        String fulfilmentStatus,
        @Nullable String nextActionUrl,
        long createdAtMillis) {

    public String currency() {
        return costs.currency();
    }

    /** All that was to be paid for it as it was ordered. */
    public long total() {
        return costs.total();
    }

    /** The lines with their frozen prices, as they were ordered. */
    public List<Quote.Line> lines() {
        return costs.lines();
    }

    /**
     * @param status of the parcel's own machine
     * @param trackingNumber the carrier's, once it is known
     * @param pieces what is in it
     */
    public record Parcel(UUID id, String status, @Nullable String trackingNumber, List<LineWanted> pieces) {

        private static final ValueType<Parcel> TYPE = ValueType.of(
                (parcel, out) -> {
                    ValueType.ID.write(parcel.id, out);
                    ValueType.TEXT.write(parcel.status, out);
                    ValueType.TEXT.write(parcel.trackingNumber == null ? "" : parcel.trackingNumber, out);
                    LineWanted.LIST.write(parcel.pieces, out);
                },
                Parcel::read);

        public Parcel {
            pieces = List.copyOf(pieces);
        }

        private static Parcel read(DataInput in) throws IOException {
            UUID id = ValueType.ID.read(in);
            String status = ValueType.TEXT.read(in);
            String number = ValueType.TEXT.read(in);
            return new Parcel(id, status, number.isEmpty() ? null : number, LineWanted.LIST.read(in));
        }
    }

    /**
     * @param status of the return's own machine
     * @param reason a word of the API's list
     */
    public record Return(UUID id, String status, String reason, List<LineWanted> pieces) {

        private static final ValueType<Return> TYPE = ValueType.of(
                (one, out) -> {
                    ValueType.ID.write(one.id, out);
                    ValueType.TEXT.write(one.status, out);
                    ValueType.TEXT.write(one.reason, out);
                    LineWanted.LIST.write(one.pieces, out);
                },
                in -> new Return(
                        ValueType.ID.read(in),
                        ValueType.TEXT.read(in),
                        ValueType.TEXT.read(in),
                        LineWanted.LIST.read(in)));

        public Return {
            pieces = List.copyOf(pieces);
        }
    }

    private static final ValueType<List<Parcel>> PARCELS = ValueType.listOf(Parcel.TYPE);

    private static final ValueType<List<Return>> RETURNS = ValueType.listOf(Return.TYPE);

    static final ValueType<OrderSummary> TYPE = ValueType.of(OrderSummary::write, OrderSummary::read);

    public OrderSummary {
        cancelled = List.copyOf(cancelled);
        parcels = List.copyOf(parcels);
        returns = List.copyOf(returns);
    }

    private static void write(OrderSummary order, DataOutput out) throws IOException {
        ValueType.ID.write(order.id, out);
        ValueType.TEXT.write(order.state, out);
        ValueType.TEXT.write(order.holdReason == null ? "" : order.holdReason, out);
        ValueType.TEXT.write(order.suspicion == null ? "" : order.suspicion, out);
        out.writeLong(order.version);
        Quote.TYPE.write(order.costs, out);
        LineWanted.LIST.write(order.cancelled, out);
        PARCELS.write(order.parcels, out);
        RETURNS.write(order.returns, out);
        out.writeLong(order.captured);
        out.writeLong(order.refunded);
        out.writeLong(order.refundedTax);
        ValueType.TEXT.write(order.paymentStatus, out);
        ValueType.TEXT.write(order.fulfilmentStatus, out);
        ValueType.TEXT.write(order.nextActionUrl == null ? "" : order.nextActionUrl, out);
        out.writeLong(order.createdAtMillis);
    }

    private static OrderSummary read(DataInput in) throws IOException {
        UUID id = ValueType.ID.read(in);
        String state = ValueType.TEXT.read(in);
        String holdReason = ValueType.TEXT.read(in);
        String suspicion = ValueType.TEXT.read(in);
        long version = in.readLong();
        Quote costs = Quote.TYPE.read(in);
        List<LineWanted> cancelled = LineWanted.LIST.read(in);
        List<Parcel> parcels = PARCELS.read(in);
        List<Return> returns = RETURNS.read(in);
        long captured = in.readLong();
        long refunded = in.readLong();
        long refundedTax = in.readLong();
        String paymentStatus = ValueType.TEXT.read(in);
        String fulfilmentStatus = ValueType.TEXT.read(in);
        String nextActionUrl = ValueType.TEXT.read(in);
        return new OrderSummary(
                id,
                state,
                holdReason.isEmpty() ? null : holdReason,
                suspicion.isEmpty() ? null : suspicion,
                version,
                costs,
                cancelled,
                parcels,
                returns,
                captured,
                refunded,
                refundedTax,
                paymentStatus,
                fulfilmentStatus,
                nextActionUrl.isEmpty() ? null : nextActionUrl,
                in.readLong());
    }
}
