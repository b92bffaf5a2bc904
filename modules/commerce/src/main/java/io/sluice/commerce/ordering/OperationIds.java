package io.sluice.commerce.ordering;

import io.sluice.kernel.Ids;
import java.util.UUID;

/**
 * Ids that tell what they belong to: an order's id ends in a zero byte, and its operations and shipments have the same id with
 * their number, 1 to 255, in that byte. So a partner that calls back with an operation's id says which order is meant, and
 * deciding needs no source of ids.
 */
public final class OperationIds {

    private static final long NUMBER = 0xFF;

    private OperationIds() {}

    public static UUID newOrder(Ids ids) {
        return order(ids.next());
    }

    /** The order that an operation or a shipment belongs to. */
    public static UUID order(UUID operation) {
        return new UUID(operation.getMostSignificantBits(), operation.getLeastSignificantBits() & ~NUMBER);
    }

    public static boolean isOrder(UUID id) {
        return (id.getLeastSignificantBits() & NUMBER) == 0;
    }

    static UUID operation(UUID order, int number) {
        if (number < 1 || number > NUMBER) {
            throw new IllegalStateException("an order has at most 255 operations: " + order);
        }
        return new UUID(order.getMostSignificantBits(), order.getLeastSignificantBits() | number);
    }
}
