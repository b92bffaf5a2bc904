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

    /** Leases up to so many steps that are due and that nobody holds. */
    public Future<List<Step>> lease(int limit, Duration lease) {
        return database.query("""
                        with due as (
                            select operation, kind from commerce.step
                            where done_at is null and due_at <= now() and (lease_until is null or lease_until < now())
                            order by due_at limit $1 for update skip locked),
                        taken as (
                            update commerce.step s set attempts = s.attempts + 1,
                                lease_until = now() + $2::bigint * interval '1 ms'
                            from due where s.operation = due.operation and s.kind = due.kind
                            returning s.operation, s.kind, s.attempts, s.order_id)
                        select t.operation, t.kind, t.attempts, o.document, o.sealed
                        from taken t join commerce.orders o on o.id = t.order_id""", Tuple.of(limit, lease.toMillis())).map(rows -> {
            List<Step> steps = new ArrayList<>(rows.size());
            for (Row row : rows) {
                steps.add(new Step(
                        new StepKey(row.getUUID(0), Effect.Kind.valueOf(row.getString(1))),
                        row.getInteger(2),
                        OrderDocument.read(row.get(JsonObject.class, 3)),
                        SealedFields.read(row.getBuffer(4))));
            }
            return steps;
        });
    }

    /** Gives a step back, to be taken again after the pause. */
    public Future<Void> putOff(StepKey step, Duration pause) {
        return database.query("""
                        update commerce.step set lease_until = null, due_at = now() + $3::bigint * interval '1 ms'
                        where operation = $1 and kind = $2 and done_at is null""", Tuple.of(step.operation(), step.kind().name(), pause.toMillis()))
                .mapEmpty();
    }
}
