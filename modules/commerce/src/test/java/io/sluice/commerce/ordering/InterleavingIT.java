package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.api.Callbacks;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.commerce.step.Lease;
import io.sluice.commerce.step.StepKey;
import io.sluice.guard.Outcome;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Request, webhook, timer and reconciler meet at one order, each on a node of its own, in every order that there is. Whoever has decided is
 * paused before its commit until the next one waits behind it for the order's row. What comes of it is what the pure machine says of that
 * order.
 */
final class InterleavingIT {

    private static final GroupCommit.Limits LIMITS = new GroupCommit.Limits(1, 10, 100);
    private static final OrderRules RULES =
            new OrderRules(true, Duration.ofDays(1), Duration.ofDays(7), Tariffs.NOTHING);
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<Database> databases = new ArrayList<>();
    private final List<OrderStore> nodes = new ArrayList<>();
    private ShopFloor floor;
    private Connection gate;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
        DatabaseSettings settings = floor.database.settings();
        gate = DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
        floor.run("create sequence commerce.turn");
        floor.run("""
                create function commerce.pause() returns trigger language plpgsql as $$
                begin perform pg_advisory_xact_lock(nextval('commerce.turn')); return new; end $$""");
        floor.run(
                "create trigger pause before update on commerce.orders for each row execute function commerce.pause()");
        for (int i = 0; i < 4; i++) {
            Database database = Database.open(floor.vertx, settings);
            databases.add(database);
            nodes.add(new OrderStore(
                    floor.vertx,
                    database,
                    LIMITS,
                    RULES,
                    ShopFloor.PARTNERS,
                    InstantSource.fixed(now),
                    told -> {},
                    floor.meters));
        }
    }

    @AfterEach
    void close() throws Exception {
        gate.close();
        for (OrderStore node : nodes) {
            await(node.close());
        }
        for (Database database : databases) {
            await(database.close());
        }
        floor.close();
    }

    @Test
    void anOrderThatWaitsForItsBuyerIsCancelledPaidAndGivenUpAtOnce() throws Exception {
        for (List<Integer> order : everyOrder()) {
            UUID id = floor.placed();
            UUID authorisation = floor.authorisation(id).id();
            change(id, ShopFloor.said(authorisation, OperationStatus.REQUIRES_ACTION));
            OrderCommand paid = ShopFloor.said(authorisation, OperationStatus.SUCCEEDED);
            meet(
                    id,
                    order,
                    List.of(
                            OrderChange.byBuyer(ShopFloor.BUYER, id, new OrderCommand.Cancel()),
                            byCallback(authorisation, paid),
                            byStep(Effect.Kind.EXPIRE, authorisation, new OrderCommand.Expire()),
                            byStep(Effect.Kind.ASK_PROVIDER, authorisation, paid)));
        }
    }

    @Test
    void aParcelThatNobodyKnowsOfIsFoundAfterAllWhileItsAuthorisationEndsAndItsBuyerWantsOut() throws Exception {
        for (List<Integer> order : everyOrder()) {
            UUID id = floor.placed();
            UUID authorisation = floor.authorisation(id).id();
            change(id, ShopFloor.said(authorisation, OperationStatus.SUCCEEDED));
            UUID parcel = floor.order(id).shipments().getFirst().id();
            change(id, new OrderCommand.ShipmentSilent(parcel));
            OrderCommand taken = new OrderCommand.RecordShipment(parcel, ShipmentStatus.ACCEPTED, "parcel", "T1", null);
            meet(
                    id,
                    order,
                    List.of(
                            OrderChange.byBuyer(ShopFloor.BUYER, id, new OrderCommand.Cancel()),
                            byCallback(parcel, taken),
                            byStep(
                                    Effect.Kind.LAPSE,
                                    authorisation,
                                    new OrderCommand.AuthorisationLapsed(authorisation)),
                            byStep(Effect.Kind.ASK_CARRIER, parcel, taken)));
        }
    }

    @Test
    void moneyGoesBackWhileABankTakesItAndStaffStopTheOrder() throws Exception {
        for (List<Integer> order : everyOrder()) {
            UUID id = floor.placed();
            change(id, ShopFloor.said(floor.authorisation(id).id(), OperationStatus.SUCCEEDED));
            UUID parcel = floor.order(id).shipments().getFirst().id();
            change(id, new OrderCommand.RecordShipment(parcel, ShipmentStatus.ACCEPTED, "parcel", "T1", null));
            UUID capture = last(id, OperationKind.CAPTURE);
            change(id, ShopFloor.said(capture, OperationStatus.SUCCEEDED));
            change(id, new OrderCommand.RefundMoney(new Money(100, "EUR"), null, "late", "first", "body"));
            UUID refund = last(id, OperationKind.REFUND);
            OrderCommand back = new OrderCommand.RecordOperation(
                    refund, OperationStatus.SUCCEEDED, new Money(100, "EUR"), "ref", null, null);
            meet(
                    id,
                    order,
                    List.of(
                            OrderChange.byStaff(id, new OrderCommand.RefundMoney(null, null, "late", "second", "body")),
                            byCallback(
                                    capture,
                                    new OrderCommand.RecordChargeback(
                                            capture, "dispute", false, new Money(150, "EUR"), "fraudulent")),
                            OrderChange.byStaff(id, new OrderCommand.Hold()),
                            byStep(Effect.Kind.ASK_PROVIDER, refund, back)));
        }
    }

    /** Lets the four go through the order's row in that order, and holds what came of it against the pure machine. */
    private void meet(UUID id, List<Integer> order, List<OrderChange> four) throws Exception {
        Order before = floor.order(id);
        List<Outcome<Order>> answers = inTurn(order, four);
        Order expected = before;
        for (int i = 0; i < order.size(); i++) {
            OrderCommand command = four.get(order.get(i)).command();
            switch (OrderDecider.decide(expected, command, RULES, now)) {
                case Decision.Refused refused ->
                    assertThat(answers.get(i)).as("%s of %s", i, order).isEqualTo(Outcome.refused(refused.refusal()));
                case Decision.Decided decided -> {
                    expected = decided.order();
                    assertThat(answers.get(i)).as("%s of %s", i, order).isEqualTo(Outcome.done(expected));
                }
            }
        }
        assertThat(floor.order(id)).as("%s", order).isEqualTo(expected);
        assertThat(floor.number("select count(*) from commerce.order_event where order_id = $1", id))
                .as("numbered without a gap")
                .isEqualTo(expected.version())
                .isEqualTo(floor.number("select max(sequence) from commerce.order_event where order_id = $1", id));
    }

    private List<Outcome<Order>> inTurn(List<Integer> order, List<OrderChange> four) throws Exception {
        long last = floor.number("select last_value from commerce.turn");
        for (long pause = last + 1; pause <= last + four.size(); pause++) {
            gate("select pg_advisory_lock(?)", pause);
        }
        List<Outcome<Order>> answers = new ArrayList<>();
        @Nullable Future<Outcome<Order>> ahead = null;
        for (int who : order) {
            Future<Outcome<Order>> next = nodes.get(who).change(four.get(who));
            if (ahead != null) {
                // the one ahead at its pause, and this one behind it at the row
                awaitWaiting(2, ahead);
                answers.add(goOn(ahead));
            }
            awaitWaiting(1, next);
            ahead = next;
        }
        answers.add(goOn(Objects.requireNonNull(ahead)));
        gate("select pg_advisory_unlock_all()");
        return answers;
    }

    /** Who is paused commits; whoever changes nothing is not paused, and has gone on already. */
    private Outcome<Order> goOn(Future<Outcome<Order>> paused) throws Exception {
        if (!paused.isComplete()) {
            gate("select pg_advisory_unlock(?)", floor.number("select last_value from commerce.turn"));
        }
        return await(paused);
    }

    /** Until so many wait for a lock, or that change is through: it had nothing to write. */
    private void awaitWaiting(int many, Future<?> unless) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!unless.isComplete() && floor.number("select count(*) from pg_locks where not granted") < many) {
            assertThat(System.nanoTime()).as("%s wait", many).isLessThan(giveUp);
        }
    }

    private void gate(String sql, Object... arguments) throws Exception {
        try (PreparedStatement statement = gate.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            assertThat(statement.execute()).isTrue();
        }
    }

    private void change(UUID id, OrderCommand command) throws Exception {
        assertThat(floor.change(id, command)).isInstanceOf(Outcome.Done.class);
    }

    private UUID last(UUID id, OperationKind kind) throws Exception {
        return floor.order(id)
                .all(kind)
                .reduce((first, second) -> second)
                .orElseThrow()
                .id();
    }

    private static OrderChange byCallback(UUID operation, OrderCommand command) {
        return OrderChange.byCallback(
                new OrderChange.CallbackKey(Callbacks.PAYMENT.name(), "provider", "event of " + operation),
                operation,
                command);
    }

    private static OrderChange byStep(Effect.Kind kind, UUID operation, OrderCommand command) {
        return OrderChange.byStep(new Lease(new StepKey(operation, kind), 1), command);
    }

    /** All 24. */
    private static List<List<Integer>> everyOrder() {
        return orders(List.of(0, 1, 2, 3)).toList();
    }

    private static Stream<List<Integer>> orders(List<Integer> rest) {
        return rest.isEmpty()
                ? Stream.of(List.of())
                : rest.stream()
                        .flatMap(first -> orders(rest.stream()
                                        .filter(one -> !one.equals(first))
                                        .toList())
                                .map(tail -> Stream.concat(Stream.of(first), tail.stream())
                                        .toList()));
    }
}
