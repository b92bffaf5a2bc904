package io.sluice.commerce.ordering;

import io.sluice.commerce.step.StepKey;
import io.sluice.kernel.SubjectId;
import java.util.Optional;
import java.util.UUID;

/**
 * A command to one order, and what is settled with it.
 *
 * @param buyer who must own the order; empty for staff, partners and steps
 * @param step the step that this change settles
 * @param callback the callback in the inbox that this change settles
 */
public record OrderChange(
        UUID order,
        Optional<SubjectId> buyer,
        OrderCommand command,
        Optional<StepKey> step,
        Optional<CallbackKey> callback) {

    /** A callback in the inbox. */
    public record CallbackKey(String partner, String eventId) {}

    public static OrderChange byStep(StepKey step, OrderCommand command) {
        return new OrderChange(
                OperationIds.order(step.operation()), Optional.empty(), command, Optional.of(step), Optional.empty());
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
