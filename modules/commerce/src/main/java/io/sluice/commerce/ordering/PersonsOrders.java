package io.sluice.commerce.ordering;

import io.sluice.commerce.payment.OperationStatus;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.sluice.storage.Repeat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What orders hold of one person, buyer or recipient, for when that person is erased: whether an order under way needs their fields
 * still, and what stays of those of the others. Personal fields pass through as ciphertext.
 */
public final class PersonsOrders {

    private static final UUID FIRST = new UUID(0, 0);
    private static final String[] FINAL_STATES = Stream.of(OrderState.values())
            .filter(OrderState::isFinal)
            .map(Enum::name)
            .toArray(String[]::new);
    private static final String MONEY_MOVED = OrderEvent.OperationMoved.class.getSimpleName();

    private final Database database;
    private final int page;

    /** @param page how many orders are looked at together */
    public PersonsOrders(Database database, int page) {
        this.database = database;
        this.page = page;
    }

    /**
     * When an order came to its end, for what is counted from there. Where no money was taken there is nothing to tax, to dispute or
     * to pay back, and so no such end.
     *
     * @param closedAt when nothing was left to be done
     * @param settledAt when its money last moved
     */
    public record Ended(Instant closedAt, Instant settledAt) {}

    /** Says what stays of a person's fields in one order, and as which ciphertexts. */
    @FunctionalInterface
    public interface Keeping {

        /**
         * @param ended empty if no money was taken
         * @param theirs the person's fields, as they rest with the order
         * @return those that stay; the others are taken away
         */
        Future<Map<Field<String>, Sealed>> kept(UUID order, Optional<Ended> ended, Map<Field<String>, Sealed> theirs);
    }

    /** Whether an order under way may need a field of this person still: to be paid, to be brought, or to be paid back. */
    public Future<Boolean> anyOpen(SubjectId person) {
        return anyPage(person, found -> Future.succeededFuture(found.stream().anyMatch(one -> isOpen(one.order()))));
    }

    /** A dead order's authorisation that waits for its buyer is open for ever, and needs nobody. */
    private static boolean isOpen(Order order) {
        return !order.state().isFinal()
                || order.operations().stream()
                        .anyMatch(one -> one.status().isOpen() && one.status() != OperationStatus.REQUIRES_ACTION);
    }

    /** The ends of what this person has bought. */
    public Future<List<Ended>> ends(SubjectId person) {
        List<Ended> ends = new ArrayList<>();
        return anyPage(person, found -> {
                    found.stream()
                            .filter(one -> one.order().buyer().equals(person))
                            .forEach(one -> one.ended().ifPresent(ends::add));
                    return Future.succeededFuture(false);
                })
                .map(none -> List.copyOf(ends));
    }

    /**
     * Replaces, in each of this person's orders, their fields by what is kept of them; other persons' fields in the same orders stay
     * as they are. Durable, order by order, when the answer comes; it may be called again after a failure, at any point of it. Fails
     * if an order is under way: then that one and those after it are as they were.
     */
    public Future<Void> keep(SubjectId person, Keeping keeping) {
        return anyPage(person, found -> {
                    Future<Void> chain = Future.succeededFuture();
                    for (Found one : found) {
                        chain = chain.compose(done -> keepOne(person, keeping, one));
                    }
                    return chain.map(done -> false);
                })
                .mapEmpty();
    }

    /** Shows the person's orders, page by page, until one is what is looked for; whether one was. */
    private Future<Boolean> anyPage(SubjectId person, Function<List<Found>, Future<Boolean>> isIt) {
        record At(UUID after, boolean isFound, boolean isOver) {}
        return Repeat.until(
                        At::isOver,
                        new At(FIRST, false, false),
                        at -> read(person, at.after())
                                .compose(found -> isIt.apply(found)
                                        .map(is -> found.isEmpty()
                                                ? new At(at.after(), is, true)
                                                : new At(found.getLast().order().id(), is, is || found.size() < page))))
                .map(At::isFound);
    }

    private Future<Void> keepOne(SubjectId person, Keeping keeping, Found found) {
        Order order = found.order();
        if (isOpen(order)) {
            return Future.failedFuture(new IllegalStateException("an order is under way: " + order.id()));
        }
        Map<Field<String>, Sealed> theirs = new LinkedHashMap<>();
        Map<Field<String>, Sealed> next = new LinkedHashMap<>();
        Parties parties = Parties.of(order.buyer(), order.addressee(), order.id());
        SealedFields.read(found.sealed()).forEach((field, ciphertext) -> {
            boolean isTheirs = person.equals(parties.owner(field.owner()));
            (isTheirs ? theirs : next).put(field, ciphertext);
        });
        if (theirs.isEmpty()) {
            return Future.succeededFuture();
        }
        return keeping.kept(order.id(), found.ended(), theirs).compose(kept -> {
            next.putAll(kept);
            return write(order.id(), found.sealed(), SealedFields.write(next));
        });
    }

    /** Where the row is as it was read: of the buyer and the recipient both may be erased at the same time. */
    private Future<Void> write(UUID order, Buffer before, Buffer after) {
        return database.query(
                        "update commerce.orders set sealed = $2 where id = $1 and sealed = $3",
                        Tuple.of(order, after, before))
                .compose(rows -> rows.rowCount() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("changed meanwhile: " + order)));
    }

    /** An order as it rests. */
    private record Found(Order order, Buffer sealed, Optional<Ended> ended) {}

    private Future<List<Found>> read(SubjectId person, UUID after) {
        return database.query("""
                        with theirs as (
                            (select id from commerce.orders where buyer = $1 and id > $2 order by id limit $3)
                            union
                            (select id from commerce.orders where addressee = $1 and id > $2 order by id limit $3))
                        select o.document, o.sealed,
                            (select min(e.at) from commerce.order_event e where e.order_id = o.id and e.state = any ($4)),
                            (select max(e.at) from commerce.order_event e where e.order_id = o.id and e.kind = $5)
                        from theirs t join commerce.orders o on o.id = t.id order by o.id limit $3""", Tuple.of(person.value(), after, page, FINAL_STATES, MONEY_MOVED))
                .map(rows -> {
                    List<Found> found = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        Order order = OrderDocument.read(row.get(JsonObject.class, 0));
                        found.add(new Found(
                                order,
                                row.getBuffer(1),
                                ended(order, row.getOffsetDateTime(2), row.getOffsetDateTime(3))));
                    }
                    return found;
                });
    }

    private static Optional<Ended> ended(
            Order order, @Nullable OffsetDateTime closedAt, @Nullable OffsetDateTime movedAt) {
        return closedAt == null || movedAt == null || !order.captured().isPositive()
                ? Optional.empty()
                : Optional.of(new Ended(closedAt.toInstant(), movedAt.toInstant()));
    }
}
