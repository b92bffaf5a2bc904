package io.sluice.stewardship.erasure;

import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables {@code stewardship.erasure} and {@code stewardship.kept_field}. */
final class ErasureRows {

    private final Database database;

    ErasureRows(Database database) {
        this.database = database;
    }

    /**
     * An erasure that this node has leased.
     *
     * @param region where the person is at home
     * @param isForgotten whether no permit is granted for the person any more
     * @param isHeld whether what is kept is durable without the person's key
     */
    record Leased(SubjectId person, String region, Instant begunAt, boolean isForgotten, boolean isHeld) {}

    /** A field of an account that is kept, and why. */
    record KeptField(Field<String> field, Sealed sealed, Kept kept) {}

    Future<List<Leased>> lease(int limit, Duration lease) {
        return database.query("""
                        with due as (
                            select subject from stewardship.erasure
                            where shredded_at is null and due_at <= now() and (lease_until is null or lease_until < now())
                            order by due_at limit $1 for update skip locked),
                        taken as (
                            update stewardship.erasure e set lease_until = now() + $2::bigint * interval '1 ms'
                            from due where e.subject = due.subject
                            returning e.subject, e.begun_at, e.held_at is not null as held)
                        select t.subject, p.region, t.begun_at, p.erased, t.held
                        from taken t join stewardship.subject p on p.id = t.subject""", Tuple.of(limit, lease.toMillis())).map(rows -> {
            List<Leased> leased = new ArrayList<>(rows.size());
            for (Row row : rows) {
                leased.add(new Leased(
                        new SubjectId(row.getUUID(0)),
                        row.getString(1),
                        row.getOffsetDateTime(2).toInstant(),
                        row.getBoolean(3),
                        row.getBoolean(4)));
            }
            return leased;
        });
    }

    Future<Boolean> isForgotten(SubjectId person) {
        return database.query("select erased from stewardship.subject where id = $1", Tuple.of(person.value()))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /** Gives it back, to be leased again after the pause. */
    Future<Void> putOff(SubjectId person, Duration pause) {
        return database.query("""
                        update stewardship.erasure set lease_until = null, due_at = now() + $2::bigint * interval '1 ms'
                        where subject = $1 and shredded_at is null""", Tuple.of(person.value(), pause.toMillis())).mapEmpty();
    }

    /** What rests of the account under the person's own key. */
    Future<Map<Field<String>, Sealed>> left(SubjectId person) {
        return database.query(
                        "select field, sealed from stewardship.kept_field where subject = $1 and reason is null",
                        Tuple.of(person.value()))
                .map(rows -> {
                    Map<Field<String>, Sealed> left = new LinkedHashMap<>();
                    for (Row row : rows) {
                        left.put(
                                field(row.getString(0)),
                                Sealed.of(row.getBuffer(1).getBytes()));
                    }
                    return left;
                });
    }

    private static Field<String> field(String name) {
        return StewardshipFields.SEALED_WITH_ACCOUNT.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no field of an account is called " + name));
    }

    /** Keeps these fields of the account, and none other; from here on the person's key is not needed. */
    Future<Void> held(SubjectId person, List<KeptField> fields, Instant at) {
        return database.query(
                        """
                        with kept as (
                            update stewardship.kept_field k set sealed = u.sealed, reason = u.reason, until = u.until
                            from unnest($2::text[], $3::bytea[], $4::text[], $5::date[]) as u (field, sealed, reason, until)
                            where k.subject = $1 and k.field = u.field and k.reason is null),
                        gone as (
                            delete from stewardship.kept_field
                            where subject = $1 and reason is null and not field = any ($2::text[]))
                        update stewardship.erasure set held_at = $6 where subject = $1 and held_at is null""",
                        Tuple.of(
                                person.value(),
                                fields.stream().map(one -> one.field().name()).toArray(String[]::new),
                                fields.stream()
                                        .map(one -> Buffer.buffer(one.sealed().bytes()))
                                        .toArray(Buffer[]::new),
                                fields.stream().map(one -> one.kept().reason()).toArray(String[]::new),
                                fields.stream().map(one -> one.kept().until()).toArray(LocalDate[]::new),
                                at.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    Future<Void> shredded(SubjectId person, Instant at) {
        return database.query("""
                        update stewardship.erasure set shredded_at = $2, lease_until = null
                        where subject = $1 and shredded_at is null""", Tuple.of(person.value(), at.atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }
}
