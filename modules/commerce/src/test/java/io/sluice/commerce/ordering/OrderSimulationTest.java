package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Drives orders through random worlds: a provider and a carrier of their own mind, whose answers get lost, come twice, late and
 * out of order; nodes that die between an effect and its record; buyers who cancel, staff who refund. After every step the
 * invariants hold (the decider checks them); in the end every order is at rest, and the partners' books agree with ours.
 */
final class OrderSimulationTest {

    private static final int SCHEDULES = 100_000;
    private static final int PATIENCE = 400;

    @Test
    void everyOrderComesToRestAndTheBooksAgree() {
        long first = Long.getLong("sluice.seed", System.nanoTime());
        for (int i = 0; i < SCHEDULES; i++) {
            long seed = first + i;
            World world = new World(seed);
            try {
                world.run();
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError(
                        "replay with -Dsluice.seed=" + seed + "; it came to " + world.story.order, broken);
            }
        }
    }

    private static final class World {
        private final Random random;
        private final Story story = Story.placed();
        private final List<Effect> due = new ArrayList<>();
        private final List<OrderCommand> underway = new ArrayList<>();
        private final Map<UUID, OperationStatus> providersBook = new HashMap<>();
        private final Map<UUID, ShipmentStatus> carriersBook = new HashMap<>();
        /** What the provider moved where that is not what it was asked for. */
        private final Map<UUID, Money> othersMoved = new HashMap<>();

        /** What the provider still holds for us. */
        private Money authorisationsRest = story.order.total();

        private int taken;
        private boolean isMeddling = true;

        World(long seed) {
            random = new Random(seed);
            story.rules = new OrderRules(random.nextBoolean(), Duration.ofDays(1));
        }

        void run() {
            goOn();
            boolean isHeldAtHome = story.order.state() == OrderState.ON_HOLD
                    && story.order.shipments().stream().allMatch(parcel -> parcel.status() == ShipmentStatus.CANCELLED);
            if (isHeldAtHome) {
                tell(new OrderCommand.Cancel());
                goOn();
                assertThat(story.order.state())
                        .as("a held order can be cancelled")
                        .isEqualTo(OrderState.CANCELLED);
            }
            if (story.order.state() == OrderState.CONFIRMED
                    && !story.order.left().isEmpty()) {
                // a shop that sends by hand does so in the end, or gives up what is left
                isMeddling = false;
                tell(
                        random.nextBoolean()
                                ? new OrderCommand.Dispatch(null, "last", "body")
                                : new OrderCommand.VoidRest());
                goOn();
            }
            booksAgree();
        }

        private void goOn() {
            collect();
            for (int step = 0; step < PATIENCE; step++) {
                if (isMeddling && step < 40) {
                    meddle();
                }
                if (!due.isEmpty() && (underway.isEmpty() || random.nextBoolean())) {
                    carryOut(due.remove(random.nextInt(due.size())));
                } else if (!underway.isEmpty()) {
                    // any order, and now and then once more
                    OrderCommand said = underway.get(random.nextInt(underway.size()));
                    if (random.nextInt(4) > 0) {
                        underway.remove(said);
                    }
                    tell(said);
                } else if (isAtRest()) {
                    break;
                } else {
                    carriersTurn();
                }
            }
            assertThat(isAtRest()).as("at rest: %s", story.order).isTrue();
        }

        private boolean isAtRest() {
            boolean isParcelDone = story.order.shipments().stream()
                            .noneMatch(parcel -> parcel.status().isOpen())
                    || story.order.state() == OrderState.ON_HOLD;
            boolean isMoneyDone = story.order.operations().stream()
                    .noneMatch(one -> one.status().isOpen());
            return due.isEmpty() && underway.isEmpty() && isParcelDone && isMoneyDone;
        }

        /** What buyers, staff and clocks do when nobody expects it. */
        private void meddle() {
            switch (random.nextInt(40)) {
                case 0 -> tell(new OrderCommand.Cancel());
                case 1 -> tell(new OrderCommand.Expire());
                case 2 -> story.refund((long) (1 + random.nextInt(3000)), "k" + random.nextInt(3));
                case 3, 4, 5, 6 ->
                    story.sent("d" + random.nextInt(4), new LineWanted(random.nextBoolean() ? "tea" : "cup", 1));
                case 7 -> story.keeping(Map.of("tea", random.nextInt(3)));
                case 8 -> story.keeping(Map.of("cup", random.nextInt(2)));
                case 9 -> tell(new OrderCommand.Hold());
                case 10, 11 -> tell(new OrderCommand.Release());
                case 12 -> tell(new OrderCommand.CaptureOwed());
                case 13 -> tell(new OrderCommand.VoidRest());
                case 14 -> story.refundPieces("p" + random.nextInt(3), new LineWanted("tea", 1));
                default -> {}
            }
            collect();
        }

        private void tell(OrderCommand command) {
            story.then(command);
            collect();
        }

        private void collect() {
            while (taken < story.effects.size()) {
                due.add(story.effects.get(taken++));
            }
        }

        private void carryOut(Effect effect) {
            switch (effect.kind()) {
                case AUTHORISE, CAPTURE, VOID, REFUND -> send(effect);
                case ASK_PROVIDER -> ask(effect.operation());
                case DISPATCH -> dispatch(effect.operation());
                case ASK_CARRIER -> {
                    ShipmentStatus status = carriersBook.get(effect.operation());
                    tell(
                            status == null
                                    ? new OrderCommand.ResendShipment(effect.operation())
                                    : new OrderCommand.RecordShipment(effect.operation(), status, "p", "t", null));
                }
                case EXPIRE -> tell(new OrderCommand.Expire());
                // nobody looks in time, now and then
                case REVIEW ->
                    tell(random.nextBoolean() ? new OrderCommand.ReviewOverdue() : new OrderCommand.Release());
            }
        }

        private void send(Effect effect) {
            Operation operation = story.order.operation(effect.operation()).orElseThrow();
            if (!operation.status().isOpen()) {
                return;
            }
            boolean reaches = random.nextInt(6) > 0;
            if (reaches) {
                boolean isFirst = !providersBook.containsKey(operation.id());
                providersBook.computeIfAbsent(operation.id(), first -> mind(operation));
                if (isFirst && operation.kind() != OperationKind.VOID && random.nextInt(24) == 0) {
                    Money one = new Money(1, "EUR");
                    othersMoved.put(operation.id(), operation.amount().plus(one));
                }
            }
            boolean isAnswered = reaches && random.nextInt(6) > 0;
            if (isAnswered) {
                underway.add(said(operation.id()));
            } else if (random.nextBoolean()) {
                tell(new OrderCommand.OperationSilent(operation.id()));
            } else {
                due.add(new Effect(Effect.Kind.ASK_PROVIDER, operation.id(), Duration.ZERO)); // the node died
            }
            if (reaches && random.nextBoolean()) {
                underway.add(said(operation.id())); // the callback
            }
        }

        /** What the provider makes of an operation it sees for the first time. */
        private OperationStatus mind(Operation operation) {
            if (operation.kind() == OperationKind.AUTHORIZE) {
                return switch (random.nextInt(8)) {
                    case 0 -> OperationStatus.DECLINED;
                    case 1 -> OperationStatus.REQUIRES_ACTION;
                    case 2 -> OperationStatus.PENDING;
                    default -> OperationStatus.SUCCEEDED;
                };
            }
            if (operation.kind() == OperationKind.VOID) {
                // whoever has not finished yet cannot finish any more
                providersBook.replaceAll(
                        (id, status) -> status == OperationStatus.REQUIRES_ACTION || status == OperationStatus.PENDING
                                ? OperationStatus.EXPIRED
                                : status);
                boolean isTooMuch = authorisationsRest.isPositive()
                        && operation.amount().compareTo(authorisationsRest) > 0
                        && !othersMoved.containsKey(
                                story.last(OperationKind.AUTHORIZE).id());
                assertThat(isTooMuch).as("more is let go than is held").isFalse();
                authorisationsRest = Money.zero("EUR");
                return OperationStatus.SUCCEEDED;
            }
            if (operation.kind() == OperationKind.CAPTURE) {
                assertThat(operation.amount().compareTo(authorisationsRest))
                        .as("nothing is taken that was let go before")
                        .isLessThanOrEqualTo(0);
                if (random.nextInt(8) == 0) {
                    return OperationStatus.ERRORED;
                }
                authorisationsRest =
                        operation.isFinal() ? Money.zero("EUR") : authorisationsRest.minus(operation.amount());
                return OperationStatus.SUCCEEDED;
            }
            return random.nextInt(8) == 0 ? OperationStatus.ERRORED : OperationStatus.SUCCEEDED;
        }

        private void ask(UUID id) {
            OperationStatus status = providersBook.get(id);
            if (status == null) {
                tell(new OrderCommand.ResendOperation(id));
                return;
            }
            if (status == OperationStatus.PENDING || status == OperationStatus.REQUIRES_ACTION) {
                // time passes; the buyer comes back, or does not
                providersBook.put(id, random.nextBoolean() ? OperationStatus.SUCCEEDED : OperationStatus.DECLINED);
            }
            tell(said(id));
        }

        private OrderCommand said(UUID id) {
            Operation operation = story.order.operation(id).orElseThrow();
            return new OrderCommand.RecordOperation(
                    id,
                    providersBook.getOrDefault(id, OperationStatus.PENDING),
                    othersMoved.getOrDefault(id, operation.amount()),
                    "ref-" + id,
                    "url",
                    null);
        }

        private void dispatch(UUID id) {
            ShipmentStatus status = story.order.shipment(id).orElseThrow().status();
            if (status != ShipmentStatus.REQUESTED && status != ShipmentStatus.UNKNOWN) {
                return;
            }
            HoldReason hold = story.order.hold();
            if (!carriersBook.containsKey(id) && (hold != null || random.nextInt(12) == 0)) {
                tell(new OrderCommand.HoldShipment(id, hold == null ? HoldReason.CONSENT : hold)); // our own gate
                return;
            }
            boolean reaches = random.nextInt(6) > 0;
            if (reaches) {
                carriersBook.putIfAbsent(id, ShipmentStatus.ACCEPTED);
            }
            if (reaches && random.nextInt(6) > 0) {
                underway.add(new OrderCommand.RecordShipment(id, ShipmentStatus.ACCEPTED, "p", "t", null));
            } else {
                tell(new OrderCommand.ShipmentSilent(id));
            }
            carriersTurn();
        }

        private void carriersTurn() {
            carriersBook.replaceAll((id, status) -> {
                ShipmentStatus next = switch (status) {
                    case ACCEPTED -> ShipmentStatus.IN_TRANSIT;
                    case IN_TRANSIT ->
                        random.nextInt(5) == 0 ? ShipmentStatus.EXCEPTION : ShipmentStatus.OUT_FOR_DELIVERY;
                    default -> ShipmentStatus.DELIVERED;
                };
                underway.add(new OrderCommand.RecordShipment(id, next, "p", "t", null));
                return next;
            });
        }

        private void booksAgree() {
            for (Operation operation : story.order.operations()) {
                OperationStatus theirs = providersBook.get(operation.id());
                if (theirs == OperationStatus.SUCCEEDED && othersMoved.containsKey(operation.id())) {
                    theirs = OperationStatus.CONFLICTED;
                }
                assertThat(operation.status())
                        .as("%s in our book and theirs", operation.kind())
                        .isEqualTo(theirs);
            }
            Money zero = Money.zero("EUR");
            if (story.order.state().isDead()) {
                assertThat(story.order.captured()).isEqualTo(zero);
                assertThat(story.order.released()).isEqualTo(story.order.ordered());
                assertThat(carriersBook).isEmpty();
                assertThat(isAuthorisedAtTheProvider())
                        .as("a dead order's money is free")
                        .isFalse();
            }
            Pieces sent = story.order.pieces(parcel -> carriersBook.containsKey(parcel.id()));
            assertThat(sent).as("what the carrier has is gone from the shelves").isEqualTo(story.order.committed());
            assertThat(story.order.wanted().covers(sent))
                    .as("nothing goes out that is not wanted")
                    .isTrue();
            if (story.order.state() == OrderState.CLOSED) {
                assertThat(story.order.captured())
                        .as("what was sent is paid, and nothing else")
                        .isEqualTo(story.order.price(sent));
                assertThat(authorisationsRest)
                        .as("nothing stays held at the provider")
                        .isEqualTo(zero);
            }
            assertThat(story.order.state()).isNotEqualTo(OrderState.CANCELLING);
        }

        private boolean isAuthorisedAtTheProvider() {
            return story.order
                            .all(OperationKind.AUTHORIZE)
                            .anyMatch(one -> providersBook.get(one.id()) == OperationStatus.SUCCEEDED)
                    && story.order
                            .all(OperationKind.VOID)
                            .noneMatch(one -> providersBook.get(one.id()) == OperationStatus.SUCCEEDED);
        }
    }
}
