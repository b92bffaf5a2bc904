package io.sluice.stewardship.consent;

import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The multi-row statements that write persons and their records. */
final class ConsentWrites {

    /** A record, and whose and of which entry it is. */
    record Written(SubjectId subject, SubjectChange.Entry entry, ConsentRecord record) {}

    private ConsentWrites() {}

    static Future<?> insertSubjects(
            SqlConnection transaction,
            Collection<SubjectChange.Introduce> newcomers,
            Map<SubjectId, SubjectRow> state) {
        List<SubjectChange.Introduce> all = List.copyOf(newcomers);
        List<SubjectRow> rows = all.stream()
                .map(newcomer -> Objects.requireNonNull(state.get(newcomer.subject())))
                .toList();
        return transaction.preparedQuery("""
                        insert into stewardship.subject
                            (id, kind, version, permitted, session_epoch, roles, region, created_at, consented)
                        select * from unnest($1::uuid[], $2::text[], $3::bigint[], $4::integer[], $5::integer[],
                            $6::integer[], $7::text[], $8::timestamptz[], $9::jsonb[])""").execute(Tuple.from(new Object[] {
            rows.stream().map(row -> row.subject().value()).toArray(UUID[]::new),
            all.stream().map(newcomer -> newcomer.kind().id()).toArray(String[]::new),
            rows.stream().map(SubjectRow::version).toArray(Long[]::new),
            rows.stream().map(SubjectRow::permitted).toArray(Integer[]::new),
            rows.stream().map(SubjectRow::sessionEpoch).toArray(Integer[]::new),
            rows.stream().map(SubjectRow::roles).toArray(Integer[]::new),
            rows.stream().map(SubjectRow::region).toArray(String[]::new),
            all.stream()
                    .map(newcomer -> newcomer.entry().at().atOffset(ZoneOffset.UTC))
                    .toArray(OffsetDateTime[]::new),
            consented(rows)
        }));
    }

    static Future<?> updateSubjects(SqlConnection transaction, List<SubjectRow> rows) {
        return transaction.preparedQuery("""
                        update stewardship.subject s
                        set version = u.version, permitted = u.permitted, consented = u.consented, roles = u.roles,
                            leaving = u.leaving, erased = u.erased, session_epoch = u.session_epoch,
                            restricted_version = u.restricted_version,
                            restricted_at = case when u.restricted_version = s.restricted_version
                                then s.restricted_at else clock_timestamp() end
                        from unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::bigint[], $6::boolean[],
                            $7::boolean[], $8::integer[], $9::jsonb[])
                            as u (id, version, permitted, roles, restricted_version, leaving, erased, session_epoch, consented)
                        where s.id = u.id""").execute(Tuple.from(new Object[] {
            rows.stream().map(row -> row.subject().value()).toArray(UUID[]::new),
            rows.stream().map(SubjectRow::version).toArray(Long[]::new),
            rows.stream().map(SubjectRow::permitted).toArray(Integer[]::new),
            rows.stream().map(SubjectRow::roles).toArray(Integer[]::new),
            rows.stream().map(SubjectRow::restrictedVersion).toArray(Long[]::new),
            rows.stream().map(SubjectRow::leaving).toArray(Boolean[]::new),
            rows.stream().map(SubjectRow::erased).toArray(Boolean[]::new),
            rows.stream().map(SubjectRow::sessionEpoch).toArray(Integer[]::new),
            consented(rows)
        }));
    }

    /**
     * Takes away what persons leave behind but for their row, their records and their orders: sealed fields, blind index, sessions.
     * Account fields that the law may keep are set aside, under the person's own key as yet.
     */
    static List<Future<?>> forget(SqlConnection transaction, Collection<SubjectChange.Leave> leaving) {
        UUID[] subjects = leaving.stream().map(leave -> leave.subject().value()).toArray(UUID[]::new);
        return List.of(
                transaction.preparedQuery("""
                        insert into stewardship.erasure (subject, begun_at)
                        select * from unnest($1::uuid[], $2::timestamptz[]) on conflict do nothing""").execute(Tuple.of(subjects, (Object) leaving.stream()
                        .map(leave -> leave.at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))),
                transaction
                        .preparedQuery("""
                        with gone as (delete from stewardship.account where subject = any ($1::uuid[]) returning *)
                        insert into stewardship.kept_field (subject, field, sealed)
                        select gone.subject, one.field, one.sealed from gone
                        cross join lateral (values ('account.email', email), ('account.name', name),
                            ('account.credential', credential), ('account.locale', locale), ('account.country', country))
                            as one (field, sealed)
                        join unnest($2::uuid[], $3::text[]) as kept (subject, field)
                            on kept.subject = gone.subject and kept.field = one.field
                        on conflict do nothing""")
                        .execute(Tuple.of(
                                subjects,
                                leaving.stream()
                                        .flatMap(leave -> leave.kept().stream()
                                                .map(field -> leave.subject().value()))
                                        .toArray(UUID[]::new),
                                leaving.stream()
                                        .flatMap(leave -> leave.kept().stream())
                                        .toArray(String[]::new))),
                transaction
                        .preparedQuery("delete from stewardship.session where subject = any ($1::uuid[])")
                        .execute(Tuple.of((Object) subjects)));
    }

    private static JsonObject[] consented(List<SubjectRow> rows) {
        return rows.stream().map(row -> SubjectRows.consented(row.consented())).toArray(JsonObject[]::new);
    }

    /** Notes what was taken away, for second sinks: the rows as they are now, and what their persons said. */
    static Future<?> insertRestrictions(SqlConnection transaction, List<SubjectRow> rows, List<Written> records) {
        String[] data = rows.stream().map(row -> restriction(row, records)).toArray(String[]::new);
        return transaction.preparedQuery("""
                        with counted as (
                            update stewardship.restriction_count set restrictions = restrictions + $1
                            returning restrictions - $1 as before)
                        insert into stewardship.restriction (number, at, data)
                        select before + t.i, clock_timestamp(), t.d
                        from counted, unnest($2::text[]) with ordinality as t (d, i)""").execute(Tuple.of((long) data.length, (Object) data));
    }

    private static String restriction(SubjectRow row, List<Written> records) {
        JsonArray consents = new JsonArray();
        records.stream()
                .filter(written -> written.subject().equals(row.subject()))
                .forEach(written -> consents.add(new JsonObject()
                        .put("id", written.entry().id(written.record()).toString())
                        .put("purpose", written.record().purpose().id())
                        .put("granted", written.record().granted())
                        .put("said", written.record().said())
                        .put("basis", written.record().basis().id())
                        .put("policy_version", written.entry().policyVersion())
                        .put("channel", written.entry().channel())
                        .put("at", written.entry().at().toString())));
        return new JsonObject()
                .put("subject", row.subject().value().toString())
                .put("version", row.version())
                .put("permitted", row.permitted())
                .put("roles", row.roles())
                .put("session_epoch", row.sessionEpoch())
                .put("leaving", row.leaving())
                .put("erased", row.erased())
                .put("consents", consents)
                .encode();
    }

    static Future<?> insertRecords(SqlConnection transaction, List<Written> records) {
        Tuple arguments = Tuple.tuple()
                .addArrayOfUUID(records.stream()
                        .map(written -> written.entry().id(written.record()))
                        .toArray(UUID[]::new))
                .addArrayOfUUID(records.stream()
                        .map(written -> written.subject().value())
                        .toArray(UUID[]::new))
                .addArrayOfString(records.stream()
                        .map(written -> written.record().purpose().id())
                        .toArray(String[]::new))
                .addArrayOfBoolean(records.stream()
                        .map(written -> written.record().granted())
                        .toArray(Boolean[]::new))
                .addArrayOfBoolean(
                        records.stream().map(written -> written.record().said()).toArray(Boolean[]::new))
                .addArrayOfString(records.stream()
                        .map(written -> written.record().basis().id())
                        .toArray(String[]::new))
                .addArrayOfString(records.stream()
                        .map(written -> written.entry().policyVersion())
                        .toArray(String[]::new))
                .addArrayOfString(records.stream()
                        .map(written -> written.entry().channel())
                        .toArray(String[]::new))
                .addArrayOfOffsetDateTime(records.stream()
                        .map(written -> written.entry().at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return transaction.preparedQuery("""
                        insert into stewardship.consent
                            (id, subject, purpose, granted, said, basis, policy_version, channel, at)
                        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::boolean[], $5::boolean[],
                            $6::text[], $7::text[], $8::text[], $9::timestamptz[])""").execute(arguments);
    }
}
