package io.sluice.commerce.step;

import io.sluice.commerce.ordering.Effect;
import io.sluice.commerce.ordering.OrderDocument;
import io.sluice.commerce.ordering.SealedFields;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Leases steps, and puts them off. Times are the database's own. */
public final class StepStore {

    private final Database database;

    public StepStore(Database database) {
        this.database = database;
    }

    /**
     * What came of a leasing.
     *
     * @param unreadable holds on steps whose orders cannot be read; they are to be put off, so that the others go on
     */
    public record Leased(List<Step> steps, List<Unreadable> unreadable) {
        public Leased {
            steps = List.copyOf(steps);
            unreadable = List.copyOf(unreadable);
        }

        int size() {
            return steps.size() + unreadable.size();
        }
    }

    /** A step whose order cannot be read, and why. */
    public record Unreadable(Lease lease, int putOffs, RuntimeException cause) {}

    /** Leases up to so many steps that are due and that nobody holds: first all of the first kind, the oldest before the others. */
    public Future<Leased> lease(List<Effect.Kind> kinds, int limit, Duration lease) {
        String[] names = kinds.stream().map(Effect.Kind::name).toArray(String[]::new);
        return database.query("""
                        with due as (
                            -- a kind is looked at, and its rows locked, only while there is room left
                            select d.operation, d.kind from unnest($3::text[]) as k (kind) cross join lateral (
                                select operation, kind from commerce.step
                                where done_at is null and due_at <= now()
                                    and (lease_until is null or lease_until < now()) and kind = k.kind
                                order by due_at limit $1 for update skip locked) d
                            limit $1),
                        taken as (
                            update commerce.step s set attempts = s.attempts + 1, fence = s.fence + 1,
                                lease_until = now() + $2::bigint * interval '1 ms'
                            from due where s.operation = due.operation and s.kind = due.kind
                            returning s.operation, s.kind, s.fence, s.attempts > 1 as before, s.put_offs, s.order_id)
                        select t.operation, t.kind, t.fence, t.before, t.put_offs, o.document, o.sealed
                        from taken t join commerce.orders o on o.id = t.order_id""", Tuple.of(limit, lease.toMillis(), names)).map(rows -> {
            List<Step> steps = new ArrayList<>(rows.size());
            List<Unreadable> unreadable = new ArrayList<>();
            for (Row row : rows) {
                Lease held =
                        new Lease(new StepKey(row.getUUID(0), Effect.Kind.valueOf(row.getString(1))), row.getLong(2));
                int putOffs = row.getInteger(4);
                try {
                    steps.add(new Step(
                            held,
                            row.getBoolean(3),
                            putOffs,
                            OrderDocument.read(row.get(JsonObject.class, 5)),
                            SealedFields.read(row.getBuffer(6))));
                } catch (RuntimeException cause) { // reported with its step; the page's other steps are carried out
                    unreadable.add(new Unreadable(held, putOffs, cause));
                }
            }
            return new Leased(steps, unreadable);
        });
    }

    /** Gives a step back, to be taken again after the pause. Changes nothing if the hold has passed to somebody else. */
    public Future<Void> putOff(Lease lease, Duration pause) {
        return database.query(
                        """
                        update commerce.step set lease_until = null, put_offs = put_offs + 1,
                            due_at = now() + $4::bigint * interval '1 ms'
                        where operation = $1 and kind = $2 and fence = $3 and done_at is null""",
                        Tuple.of(lease.step().operation(), lease.step().kind().name(), lease.fence(), pause.toMillis()))
                .mapEmpty();
    }
}
