package io.sluice.commerce.ordering;

import io.sluice.commerce.step.Lease;
import io.sluice.kernel.SubjectId;
import java.util.Optional;
import java.util.UUID;

/**
 * A command to one order, and what is settled with it.
 *
 * @param buyer who must own the order; empty for staff, partners and steps
 * @param step the hold on the step that this change settles; one that has passed to another node stays open
 * @param callback the callback in the inbox that this change settles
 */
public record OrderChange(
        UUID order,
        Optional<SubjectId> buyer,
        OrderCommand command,
        Optional<Lease> step,
        Optional<CallbackKey> callback) {

    /**
     * A callback in the inbox.
     *
     * @param topic the address at which it came: what it is about
     */
    public record CallbackKey(String topic, String partner, String eventId) {}

    public static OrderChange byStep(Lease lease, OrderCommand command) {
        return new OrderChange(
                OperationIds.order(lease.step().operation()),
                Optional.empty(),
                command,
                Optional.of(lease),
                Optional.empty());
    }

    public static OrderChange byCallback(CallbackKey callback, UUID operation, OrderCommand command) {
        return new OrderChange(
                OperationIds.order(operation), Optional.empty(), command, Optional.empty(), Optional.of(callback));
    }

    public static OrderChange byBuyer(SubjectId buyer, UUID order, OrderCommand command) {
        return new OrderChange(order, Optional.of(buyer), command, Optional.empty(), Optional.empty());
    }

    public static OrderChange byStaff(UUID order, OrderCommand command) {
        return new OrderChange(order, Optional.empty(), command, Optional.empty(), Optional.empty());
    }
}
