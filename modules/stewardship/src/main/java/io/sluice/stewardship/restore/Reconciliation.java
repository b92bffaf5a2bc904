package io.sluice.stewardship.restore;

import io.sluice.kernel.Field;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Erasure;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Tells a restored database what it has forgotten. Every step is durable by itself and may be taken again, so a reconciliation that
 * stopped is begun anew.
 */
public final class Reconciliation {

    // one statement, so that all of it happens or none; what is in the table has been applied
    private static final String APPLY = """
            with missing as (
                select $1::bigint as number where not exists (select from stewardship.restriction where number = $1)),
            told as (select * from jsonb_to_record($4::text::jsonb) as t (version bigint, permitted integer, roles integer,
                session_epoch integer, leaving boolean, erased boolean)),
            person as (
                update stewardship.subject s set version = greatest(s.version, told.version) + 1,
                    restricted_version = greatest(s.version, told.version) + 1, restricted_at = clock_timestamp(),
                    permitted = s.permitted & told.permitted, roles = s.roles & told.roles,
                    session_epoch = greatest(s.session_epoch, told.session_epoch),
                    leaving = s.leaving or told.leaving, erased = s.erased or told.erased
                from missing, told where s.id = $3 returning s.id, s.leaving),
            consents as (
                insert into stewardship.consent (id, subject, purpose, granted, said, basis, policy_version, channel, at)
                select c.id, person.id, c.purpose, c.granted, c.said, c.basis, c.policy_version, c.channel, c.at
                from person, jsonb_to_recordset($5::text::jsonb) as c (id uuid, purpose text, granted boolean, said boolean,
                    basis text, policy_version text, channel text, at timestamptz)
                on conflict do nothing),
            erasure as (
                insert into stewardship.erasure (subject, begun_at) select id, $2 from person where leaving
                on conflict do nothing),
            gone as (delete from stewardship.account a using person where a.subject = person.id and person.leaving
                returning a.*),
            kept as (
                insert into stewardship.kept_field (subject, field, sealed)
                select gone.subject, one.field, one.sealed from gone
                cross join lateral (values ('account.email', email), ('account.name', name),
                    ('account.credential', credential), ('account.locale', locale), ('account.country', country))
                    as one (field, sealed)
                where one.field = any ($6::text[])
                on conflict do nothing),
            counted as (
                update stewardship.restriction_count set restrictions = greatest(restrictions, $1)),
            noted as (
                insert into stewardship.restriction (number, at, data) select number, $2, $4 from missing returning 1)
            select (select count(*) from noted) as new, (select count(*) from person) as persons""";

    private final Database database;
    private final String[] kept;

    /** @param law what of an account is set aside when its person turns out to have been erased */
    public Reconciliation(Database database, Erasure law) {
        this.database = database;
        this.kept = StewardshipFields.SEALED_WITH_ACCOUNT.stream()
                .filter(law::keeps)
                .map(Field::name)
                .toArray(String[]::new);
    }

    /**
     * What came of it.
     *
     * @param told how many changes the database did not know
     * @param applied how many of them are about somebody whom it knows
     */
    public record Told(long told, long applied) {
        private Told and(long moreTold, long moreApplied) {
            return new Told(told + moreTold, applied + moreApplied);
        }
    }

    /** Applies what the database does not know yet, in the order of the numbers. */
    public Future<Told> apply(List<Restriction> restrictions) {
        Future<Told> chain = Future.succeededFuture(new Told(0, 0));
        for (Restriction restriction : restrictions) {
            chain = chain.compose(before -> apply(restriction).map(one -> before.and(one.told(), one.applied())));
        }
        return chain;
    }

    private Future<Told> apply(Restriction restriction) {
        JsonObject data = new JsonObject(restriction.data());
        return database.query(
                        APPLY,
                        Tuple.of(
                                restriction.number(),
                                restriction.at().atOffset(ZoneOffset.UTC),
                                restriction.subject(),
                                restriction.data(),
                                data.getJsonArray("consents", new JsonArray()).encode(),
                                kept))
                .map(rows -> {
                    var row = rows.iterator().next();
                    return new Told(row.getLong(0), row.getLong(1));
                });
    }

    /** Ends every session: which of them ended in the time that was lost nobody knows. The answer is how many there were. */
    public Future<Integer> endSessions() {
        return database.query("delete from stewardship.session", Tuple.tuple()).map(rows -> rows.rowCount());
    }

    /** From now on this database may be behind that head of the ledger's: it has been told what it has lost. */
    public Future<Void> done(String log, long size) {
        return database.query("""
                        insert into stewardship.reconciled (log, size) values ($1, $2)
                        on conflict do nothing""", Tuple.of(log, size)).mapEmpty();
    }

    /** Whether this database has been told what it has lost up to that head. */
    public static Future<Boolean> covers(Database database, String log, long size) {
        return database.query(
                        "select exists (select from stewardship.reconciled where log = $1 and size >= $2)",
                        Tuple.of(log, size))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }
}
