package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events that no decision makes are held up all the same: what would break the books is a fault, and changes nothing. */
final class OrderInvariantsTest {

    @Test
    void moreIsTakenThanWasAuthorised() {
        Order sent = Story.authorised().carrier(ShipmentStatus.ACCEPTED).order;
        assertBreaks(sent, with(sent, OperationKind.CAPTURE, 1, authorisation(sent)), "captured + voided");
    }

    @Test
    void moreIsTakenThanWasSent() {
        Order sent = Story.waiting().sent("a", new LineWanted("tea", 1)).carrier(ShipmentStatus.ACCEPTED).order;
        assertBreaks(sent, with(sent, OperationKind.CAPTURE, 1, authorisation(sent)), "captured ≤ what has gone out");
    }

    @Test
    void whatWasTakenIsLetGo() {
        Order taken = Story.captured().order;
        Order broken = with(taken, OperationKind.VOID, 1, authorisation(taken));
        assertBreaks(taken, moved(broken, OperationStatus.SUCCEEDED), "captured + voided");
        assertHolds(taken, moved(broken, OperationStatus.ERRORED));
    }

    @Test
    void moreIsGivenBackThanWasTaken() {
        Order taken = Story.captured().order;
        String capture =
                taken.all(OperationKind.CAPTURE).findFirst().orElseThrow().reference();
        assertHolds(taken, with(taken, OperationKind.REFUND, 2500, capture));
        assertBreaks(taken, with(taken, OperationKind.REFUND, 2501, capture), "refunded + refund pending");
    }

    @Test
    void aCancelledOrderHoldsMoney() {
        Order cancelling = Story.waiting().then(new OrderCommand.Cancel()).order;
        Order broken = cancelling
                .evolve(new OrderEvent.StockReleased(cancelling.held()))
                .evolve(new OrderEvent.OrderCancelled());
        assertBreaks(cancelling, broken, "no open authorisation");
        assertHolds(cancelling, moved(broken, OperationStatus.SUCCEEDED));
    }

    @Test
    void aDeadOrderHoldsStock() {
        Order placed = Story.placed().order;
        assertBreaks(placed, placed.evolve(new OrderEvent.OrderRejected()), "a dead order holds no stock");
    }

    @Test
    void goodsAreGoneThatNoCarrierHas() {
        Order waiting = Story.waiting().order;
        Order broken = waiting.evolve(new OrderEvent.StockCommitted(waiting.held()));
        assertBreaks(waiting, broken, "committed is what the carrier has been handed");
    }

    private static Order with(Order order, OperationKind kind, long amount, @Nullable String onReference) {
        return order.evolve(new OrderEvent.OperationRequested(
                Operation.requested(order.nextNumbered(), kind, new Money(amount, "EUR"), false, onReference)));
    }

    /** The last operation has come to that. */
    private static Order moved(Order order, OperationStatus status) {
        return order.evolve(
                new OrderEvent.OperationMoved(order.operations().getLast().id(), status, "r", null, null, null));
    }

    private static @Nullable String authorisation(Order order) {
        return order.authorisation().reference();
    }

    private static void assertBreaks(Order before, Order after, String law) {
        assertThatThrownBy(() -> OrderInvariants.check(before, after)).hasMessageContaining(law);
    }

    private static void assertHolds(Order before, Order after) {
        assertThatNoException().isThrownBy(() -> OrderInvariants.check(before, after));
    }
}
