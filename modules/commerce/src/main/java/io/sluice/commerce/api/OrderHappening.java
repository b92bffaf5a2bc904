package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;

/**
 * One event of an order's history, as shown to its buyer.
 *
 * @param sequence gap-free within the order, from 1
 * @param kind stable name, such as {@code OrderPlaced}
 * @param state the order's state after it
 */
public record OrderHappening(long sequence, String kind, String state, long atMillis) {

    static final ValueType<OrderHappening> TYPE = ValueType.of(
            (event, out) -> {
                out.writeLong(event.sequence);
                ValueType.TEXT.write(event.kind, out);
                ValueType.TEXT.write(event.state, out);
                out.writeLong(event.atMillis);
            },
            in -> new OrderHappening(in.readLong(), ValueType.TEXT.read(in), ValueType.TEXT.read(in), in.readLong()));
}
