package io.sluice.commerce.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Places;
import io.sluice.commerce.pricing.ShippingTable;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.pricing.TaxRate;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Drives orders through random worlds: a provider and a carrier of their own mind, whose answers get lost, come twice, late and
 * out of order; nodes that die between an effect and its record; buyers who cancel, staff who refund. After every step the
 * invariants hold (the decider checks them); in the end every order is at rest, and the partners' books agree with ours.
 */
final class OrderSimulationTest {

    private static final Set<ShipmentStatus> ENDS = EnumSet.of(
            ShipmentStatus.DELIVERED, ShipmentStatus.RETURNED, ShipmentStatus.LOST, ShipmentStatus.CANCELLED);
    private static final int SCHEDULES = Integer.getInteger("sluice.schedules", 100_000);
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
        private final Story story;
        private final List<Effect> due = new ArrayList<>();
        private final List<OrderCommand> underway = new ArrayList<>();
        private final Map<UUID, OperationStatus> providersBook = new HashMap<>();
        private final Map<UUID, ShipmentStatus> carriersBook = new HashMap<>();
        /** Disputes, as the buyers' banks have ended them. */
        private final Map<String, OperationStatus> charged = new HashMap<>();
        /** What the provider moved where that is not what it was asked for. */
        private final Map<UUID, Money> othersMoved = new HashMap<>();

        /** What the provider still holds for us of each authorisation that it gave. */
        private final Map<UUID, Money> rests = new HashMap<>();
        /** Why the provider did not do something, in its words. */
        private final Map<UUID, String> reasons = new HashMap<>();
        /** Ends of authorisations, which may come at any time or never. */
        private final List<UUID> terms = new ArrayList<>();

        private int taken;
        private boolean isMeddling = true;

        World(long seed) {
            random = new Random(seed);
            story = Story.placed(tariff(random));
            if (random.nextBoolean()) {
                story.sentByHand();
            }
        }

        /** Half of all orders cost nothing but their goods, the others something that does not divide evenly. */
        private static Tariff tariff(Random random) {
            if (random.nextBoolean()) {
                return Tariffs.NOTHING;
            }
            Map<String, TaxRate> rates =
                    Map.of(TaxTable.STANDARD, new TaxRate(random.nextInt(30_000)), "reduced", new TaxRate(7_000));
            TreeMap<Long, Long> brought = new TreeMap<>(Map.of(0L, (long) random.nextInt(1_000)));
            return new Tariff(
                    random.nextBoolean(),
                    new TaxTable(Map.of(Places.ELSEWHERE, rates)),
                    new ShippingTable(Map.of(Places.ELSEWHERE, Map.of("EUR", brought))));
        }

        void run() {
            goOn();
            boolean isHeldAtHome = story.order.state() == OrderState.ON_HOLD
                    && story.order.shipments().stream().allMatch(parcel -> parcel.status() == ShipmentStatus.CANCELLED);
            if (isHeldAtHome) {
                tell(new OrderCommand.Cancel());
                goOn();
                if (story.order.state() == OrderState.ON_HOLD) {
                    // the provider had let go by itself, and would not once more; that is known by now
                    tell(new OrderCommand.Cancel());
                    goOn();
                }
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
            if (story.order.state() == OrderState.ON_HOLD) {
                // something of it is out: whoever has looked lets it go on
                isMeddling = false;
                tell(new OrderCommand.Release());
                assertThat(story.order.state()).isNotEqualTo(OrderState.ON_HOLD);
                goOn();
            }
            makeGood();
            booksAgree();
        }

        /** What was lost or sent back on its way is paid back by whoever sees it; then the order is over. */
        private void makeGood() {
            boolean isAtItsEnd = story.order.left().isEmpty()
                    && story.order.shipments().stream().allMatch(parcel -> ENDS.contains(parcel.status()));
            boolean isPaidInFull = !OrderMoney.owed(story.order).isPositive();
            if (story.order.state() == OrderState.CONFIRMED && isAtItsEnd && isPaidInFull) {
                isMeddling = false;
                if (OrderMoney.refundable(story.order).isPositive()) {
                    tell(new OrderCommand.RefundMoney(null, null, "lost", "made good", "body"));
                    goOn();
                }
                boolean isAllBack = !OrderMoney.taken(story.order)
                        .minus(story.order.refunded())
                        .minus(OrderMoney.chargedBack(story.order))
                        .isPositive();
                assertThat(story.order.state() == OrderState.CONFIRMED && isAllBack)
                        .as("an order of which all has come back is over: %s", story.order)
                        .isFalse();
            }
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
                } else if (terms.removeIf(this::isOver)) {
                    continue;
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
                case 15, 16 -> termPasses();
                case 17 -> providerLetsGo();
                case 18 -> failLate();
                case 19 -> chargeBack();
                case 20 ->
                    tell(new OrderCommand.RequestReturn(
                            Pieces.of(List.of(new LineWanted("tea", 1))), "unwanted", "r" + random.nextInt(3), "f"));
                case 21, 22, 23 -> goOnWithReturn();
                case 24 -> tell(new OrderCommand.CorrectAddress(null, Story.HOME, Map.of()));
                default -> {}
            }
            collect();
        }

        /** Whether the provider has let go already: then our term for it passes, too. */
        private boolean isOver(UUID authorisation) {
            boolean isOver = providersBook.get(authorisation) == OperationStatus.EXPIRED;
            if (isOver) {
                due.add(new Effect(Effect.Kind.LAPSE, authorisation, Duration.ZERO));
            }
            return isOver;
        }

        /** Staff do the next thing, or something that is not next. */
        private void goOnWithReturn() {
            if (!story.order.returns().isEmpty()) {
                ReturnStatus[] steps = ReturnStatus.values();
                tell(new OrderCommand.MoveReturn(
                        story.order.returns().getLast().id(),
                        steps[random.nextInt(steps.length)],
                        Return.Condition.SELLABLE,
                        null));
            }
        }

        private void termPasses() {
            if (!terms.isEmpty()) {
                lapse(terms.remove(random.nextInt(terms.size())));
            }
        }

        /** Time passes until then, at the provider too. */
        private void lapse(UUID authorisation) {
            Instant until = Objects.requireNonNull(
                    story.order.operation(authorisation).orElseThrow().until());
            story.now = story.now.isAfter(until) ? story.now : until;
            story.order
                    .all(OperationKind.AUTHORIZE)
                    .filter(one -> one.until() != null && !story.now.isBefore(one.until()))
                    .filter(one -> expire(one.id()) && !one.id().equals(authorisation))
                    .forEach(one -> underway.add(said(one.id())));
            tell(new OrderCommand.AuthorisationLapsed(authorisation));
        }

        /** Before its time, and says so by and by. */
        private void providerLetsGo() {
            Optional<UUID> held = rests.keySet().stream()
                    .filter(one -> rest(one).isPositive())
                    .findFirst();
            if (held.isPresent() && expire(held.get())) {
                underway.add(said(held.get()));
            }
        }

        /** Whether there was something to let go. */
        private boolean expire(UUID authorisation) {
            boolean isHeld = providersBook.get(authorisation) == OperationStatus.SUCCEEDED
                    && rest(authorisation).isPositive();
            if (isHeld) {
                rests.put(authorisation, Money.zero("EUR"));
                providersBook.put(authorisation, OperationStatus.EXPIRED);
            }
            return isHeld;
        }

        /** What had succeeded is undone: a capture that was not paid out, a refund that came back. */
        private void failLate() {
            story.order.operations().stream()
                    .filter(one -> one.kind() == OperationKind.CAPTURE || one.kind() == OperationKind.REFUND)
                    .filter(one -> providersBook.get(one.id()) == OperationStatus.SUCCEEDED)
                    .filter(one -> !othersMoved.containsKey(one.id()))
                    .findFirst()
                    .ifPresent(one -> {
                        providersBook.put(one.id(), OperationStatus.REVERSED);
                        underway.add(said(one.id()));
                    });
        }

        /** A bank takes back what was captured, and gives it up again now and then; what it says may come in any order. */
        private void chargeBack() {
            story.order
                    .all(OperationKind.CAPTURE)
                    .filter(one -> providersBook.get(one.id()) == OperationStatus.SUCCEEDED)
                    .findFirst()
                    .ifPresent(capture -> {
                        String dispute = "dispute-" + charged.size();
                        boolean isWon = random.nextBoolean();
                        charged.put(dispute, isWon ? OperationStatus.REVERSED : OperationStatus.SUCCEEDED);
                        underway.add(new OrderCommand.RecordChargeback(
                                capture.id(), dispute, false, capture.amount(), "fraudulent"));
                        if (isWon) {
                            underway.add(new OrderCommand.RecordChargeback(
                                    capture.id(), dispute, true, capture.amount(), null));
                        }
                    });
        }

        private void tell(OrderCommand command) {
            story.then(command);
            collect();
        }

        private void collect() {
            while (taken < story.effects.size()) {
                Effect effect = story.effects.get(taken++);
                if (effect.kind() == Effect.Kind.LAPSE) {
                    terms.add(effect.operation());
                } else {
                    due.add(effect);
                }
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
                case LAPSE -> lapse(effect.operation());
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
            Money none = Money.zero("EUR");
            if (operation.kind() == OperationKind.AUTHORIZE) {
                Money taken = story.order
                        .all(OperationKind.CAPTURE)
                        .filter(one -> providersBook.get(one.id()) == OperationStatus.SUCCEEDED)
                        .map(Operation::amount)
                        .reduce(none, Money::plus);
                Money held = rests.values().stream().reduce(none, Money::plus);
                assertThat(taken.plus(held).plus(operation.amount()).compareTo(story.order.total()))
                        .as("no more is taken and held than the order costs")
                        .isLessThanOrEqualTo(0);
                return switch (random.nextInt(8)) {
                    case 0 -> OperationStatus.DECLINED;
                    case 1 -> OperationStatus.REQUIRES_ACTION;
                    case 2 -> OperationStatus.PENDING;
                    default -> {
                        rests.put(operation.id(), operation.amount());
                        yield OperationStatus.SUCCEEDED;
                    }
                };
            }
            UUID on = on(operation);
            Money rest = rest(on);
            if (operation.kind() == OperationKind.VOID) {
                // whoever has not finished yet cannot finish any more
                OperationStatus status = providersBook.get(on);
                if (status == OperationStatus.REQUIRES_ACTION || status == OperationStatus.PENDING) {
                    providersBook.put(on, OperationStatus.EXPIRED);
                    return OperationStatus.SUCCEEDED;
                }
                if (!rest.isPositive()) {
                    return OperationStatus.ERRORED;
                }
                boolean isTooMuch = operation.amount().compareTo(rest) > 0 && !othersMoved.containsKey(on);
                assertThat(isTooMuch).as("more is let go than is held").isFalse();
                rests.put(on, none);
                return OperationStatus.SUCCEEDED;
            }
            if (operation.kind() == OperationKind.CAPTURE) {
                if (providersBook.get(on) == OperationStatus.EXPIRED) {
                    reasons.put(operation.id(), random.nextBoolean() ? AuthorisationDecider.TOO_LATE : "no");
                    return OperationStatus.ERRORED;
                }
                assertThat(operation.amount().compareTo(rest))
                        .as("nothing is taken that was let go before")
                        .isLessThanOrEqualTo(0);
                if (random.nextInt(8) == 0) {
                    return OperationStatus.ERRORED;
                }
                rests.put(on, operation.isFinal() ? none : rest.minus(operation.amount()));
                return OperationStatus.SUCCEEDED;
            }
            boolean isThere = providersBook.get(on) == OperationStatus.SUCCEEDED;
            return !isThere || random.nextInt(8) == 0 ? OperationStatus.ERRORED : OperationStatus.SUCCEEDED;
        }

        /** What the provider still holds of an authorisation. */
        private Money rest(UUID authorisation) {
            return rests.getOrDefault(authorisation, Money.zero("EUR"));
        }

        /** What an operation works on. */
        private static UUID on(Operation operation) {
            return UUID.fromString(
                    Objects.requireNonNull(operation.onReference()).substring("ref-".length()));
        }

        private void ask(UUID id) {
            OperationStatus status = providersBook.get(id);
            if (status == null) {
                tell(new OrderCommand.ResendOperation(id));
                return;
            }
            if (status == OperationStatus.PENDING || status == OperationStatus.REQUIRES_ACTION) {
                // time passes; the buyer comes back, or does not
                boolean isGiven = random.nextBoolean();
                providersBook.put(id, isGiven ? OperationStatus.SUCCEEDED : OperationStatus.DECLINED);
                if (isGiven) {
                    rests.put(id, story.order.operation(id).orElseThrow().amount());
                }
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
                    reasons.get(id));
        }

        private void dispatch(UUID id) {
            ShipmentStatus status = story.order.shipment(id).orElseThrow().status();
            if (status != ShipmentStatus.REQUESTED && status != ShipmentStatus.UNKNOWN) {
                return;
            }
            HoldReason hold = story.order.hold();
            if (!carriersBook.containsKey(id) && (hold != null || random.nextInt(12) == 0)) {
                HoldReason ours = random.nextBoolean() ? HoldReason.CONSENT : HoldReason.FRAUD;
                tell(new OrderCommand.HoldShipment(id, hold == null ? ours : hold));
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
                    case EXCEPTION -> random.nextInt(6) == 0 ? ShipmentStatus.LOST : ShipmentStatus.DELIVERED;
                    case OUT_FOR_DELIVERY ->
                        random.nextInt(6) == 0 ? ShipmentStatus.RETURNING : ShipmentStatus.DELIVERED;
                    case RETURNING -> ShipmentStatus.RETURNED;
                    default -> status;
                };
                underway.add(new OrderCommand.RecordShipment(id, next, "p", "t", null));
                return next;
            });
        }

        private void booksAgree() {
            for (Operation operation : story.order.operations()) {
                OperationStatus theirs = operation.kind() == OperationKind.CHARGEBACK
                        ? charged.get(operation.reference())
                        : providersBook.get(operation.id());
                if (theirs == OperationStatus.SUCCEEDED && othersMoved.containsKey(operation.id())) {
                    theirs = OperationStatus.CONFLICTED;
                }
                assertThat(operation.status())
                        .as("%s in our book and theirs", operation.kind())
                        .isEqualTo(theirs);
            }
            assertThat(story.order.all(OperationKind.CHARGEBACK).map(Operation::reference))
                    .as("every dispute is known, once")
                    .containsExactlyInAnyOrderElementsOf(charged.keySet());
            for (Shipment parcel : story.order.shipments()) {
                ShipmentStatus theirs = carriersBook.get(parcel.id());
                if (theirs == ShipmentStatus.LOST || theirs == ShipmentStatus.RETURNED) {
                    assertThat(parcel.status()).as("where the parcel ended").isEqualTo(theirs);
                }
            }
            Money zero = Money.zero("EUR");
            if (story.order.state().isDead()) {
                assertThat(story.order.captured()).isEqualTo(zero);
                assertThat(story.order.released()).isEqualTo(story.order.ordered());
                assertThat(carriersBook).isEmpty();
                assertThat(isHeld()).as("a dead order's money is free").isFalse();
            }
            Pieces paidBack = story.order.returns().stream()
                    .filter(one -> one.status() == ReturnStatus.REFUNDED)
                    .map(Return::pieces)
                    .reduce(Pieces.NONE, Pieces::plus);
            assertThat(story.order.committed().covers(paidBack))
                    .as("what came back had gone out")
                    .isTrue();
            Pieces sent = story.order.pieces(parcel -> carriersBook.containsKey(parcel.id()));
            assertThat(sent).as("what the carrier has is gone from the shelves").isEqualTo(story.order.committed());
            assertThat(story.order.wanted().covers(sent))
                    .as("nothing goes out that is not wanted")
                    .isTrue();
            if (story.order.state() == OrderState.CLOSED) {
                Money undone = OrderMoney.sum(
                        story.order,
                        OperationKind.CAPTURE,
                        status -> status == OperationStatus.REVERSED || status == OperationStatus.CONFLICTED);
                assertThat(story.order.captured().compareTo(story.order.price(sent)))
                        .as("no more is taken than was sent")
                        .isLessThanOrEqualTo(0);
                assertThat(story.order.captured().plus(undone).compareTo(story.order.price(sent)))
                        .as("what was sent is paid, if in another amount, or was until it was undone")
                        .isGreaterThanOrEqualTo(0);
                assertThat(isHeld() && !OrderMoney.owed(story.order).isPositive())
                        .as("nothing stays held at the provider that is not owed")
                        .isFalse();
            }
            assertThat(story.order.state()).isNotEqualTo(OrderState.CANCELLING);
            long taxBack = OrderMoney.refundedTax(story.order).minor();
            assertThat(taxBack)
                    .as("no more tax goes back than was paid")
                    .isBetween(0L, story.order.tax(story.order.committed()).minor());
        }

        private boolean isHeld() {
            return rests.values().stream().anyMatch(Money::isPositive);
        }
    }
}
