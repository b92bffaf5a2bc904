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
 * @param total in minor units of the currency, as are the lines' amounts
 * @param paymentStatus derived; vocabulary of the API
 * @param fulfilmentStatus derived; vocabulary of the API
 * @param holdReason why it is on hold, if it is
 * @param nextActionUrl where the buyer must go (3-D Secure), if anywhere
 * @param createdAtMillis wall-clock time of acceptance
 */
public record OrderSummary(
        UUID id,
        String state,
        @Nullable String holdReason,
        long version,
        String currency,
        long total,
        List<Line> lines,
        String paymentStatus,
        String fulfilmentStatus,
        @Nullable String nextActionUrl,
        long createdAtMillis) {

    /** A line with its frozen price. */
    public record Line(String sku, int quantity, long unitPrice, long total) {}

    static final ValueType<OrderSummary> TYPE = ValueType.of(OrderSummary::write, OrderSummary::read);

    public OrderSummary {
        lines = List.copyOf(lines);
    }

    private static void write(OrderSummary order, DataOutput out) throws IOException {
        ValueType.ID.write(order.id, out);
        ValueType.TEXT.write(order.state, out);
        ValueType.TEXT.write(order.holdReason == null ? "" : order.holdReason, out);
        out.writeLong(order.version);
        ValueType.TEXT.write(order.currency, out);
        out.writeLong(order.total);
        out.writeShort(order.lines.size());
        for (Line line : order.lines) {
            ValueType.TEXT.write(line.sku, out);
            out.writeInt(line.quantity);
            out.writeLong(line.unitPrice);
            out.writeLong(line.total);
        }
        ValueType.TEXT.write(order.paymentStatus, out);
        ValueType.TEXT.write(order.fulfilmentStatus, out);
        ValueType.TEXT.write(order.nextActionUrl == null ? "" : order.nextActionUrl, out);
        out.writeLong(order.createdAtMillis);
    }

    private static OrderSummary read(DataInput in) throws IOException {
        UUID id = ValueType.ID.read(in);
        String state = ValueType.TEXT.read(in);
        String holdReason = ValueType.TEXT.read(in);
        long version = in.readLong();
        String currency = ValueType.TEXT.read(in);
        long total = in.readLong();
        Line[] lines = new Line[in.readUnsignedShort()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = new Line(ValueType.TEXT.read(in), in.readInt(), in.readLong(), in.readLong());
        }
        String paymentStatus = ValueType.TEXT.read(in);
        String fulfilmentStatus = ValueType.TEXT.read(in);
        String nextActionUrl = ValueType.TEXT.read(in);
        return new OrderSummary(
                id,
                state,
                holdReason.isEmpty() ? null : holdReason,
                version,
                currency,
                total,
                List.of(lines),
                paymentStatus,
                fulfilmentStatus,
                nextActionUrl.isEmpty() ? null : nextActionUrl,
                in.readLong());
    }
}
