package io.sluice.stewardship.consent;

import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.ConsentEntry;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.Database;
import io.sluice.storage.GroupRead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads persons from PostgreSQL: their rows in groups, their consents one by one. */
final class SubjectRows implements SubjectLookup {

    private static final int QUERIES_IN_FLIGHT = 4;
    private static final int ROWS_PER_QUERY = 500;

    static final String COLUMNS =
            "id, version, permitted, consented, leaving, erased, session_epoch, roles, region, restricted_version";

    private final Database database;
    private final GroupRead<SubjectId, SubjectRow> rows;

    SubjectRows(Vertx vertx, Database database, SubjectSettings settings) {
        this.database = database;
        this.rows = new GroupRead<>(
                vertx, "subjects", QUERIES_IN_FLIGHT, ROWS_PER_QUERY, settings.maxWaiting(), this::read);
    }

    @Override
    public Future<Optional<SubjectRow>> find(SubjectId subject) {
        return rows.get(subject);
    }

    private Future<Map<SubjectId, SubjectRow>> read(List<SubjectId> subjects) {
        UUID[] ids = subjects.stream().map(SubjectId::value).toArray(UUID[]::new);
        return database.query(
                        "select " + COLUMNS + " from stewardship.subject where id = any ($1::uuid[])",
                        Tuple.of((Object) ids))
                .map(found -> {
                    Map<SubjectId, SubjectRow> bySubject = new HashMap<>();
                    for (Row row : found) {
                        SubjectRow subject = row(row);
                        bySubject.put(subject.subject(), subject);
                    }
                    return bySubject;
                });
    }

    static SubjectRow row(Row row) {
        return new SubjectRow(
                new SubjectId(row.getUUID(0)),
                row.getLong(1),
                row.getInteger(2),
                consented(row.getJsonObject(3)),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getInteger(6),
                row.getInteger(7),
                row.getString(8),
                row.getLong(9));
    }

    private static boolean isLapsed(Law law, Row row) {
        Optional<String> saidTo = row.getBoolean(6) ? Optional.of(row.getString(3)) : Optional.empty();
        return Purpose.of(row.getString(0))
                .filter(purpose -> law.needsRenewal(purpose, saidTo))
                .isPresent();
    }

    private static Map<Purpose, String> consented(JsonObject versions) {
        Map<Purpose, String> said = new EnumMap<>(Purpose.class);
        for (String purpose : versions.fieldNames()) {
            // a handful of names, each kept by every person's snapshot
            Purpose.of(purpose)
                    .ifPresent(
                            known -> said.put(known, versions.getString(purpose).intern()));
        }
        return said;
    }

    static JsonObject consented(Map<Purpose, String> said) {
        JsonObject versions = new JsonObject();
        said.forEach((purpose, version) -> versions.put(purpose.id(), version));
        return versions;
    }

    /** The latest record for each purpose that has any, seen under this law. */
    Future<List<ConsentEntry>> consents(SubjectId subject, Law law) {
        return database.query("""
                        select distinct on (purpose) purpose, granted, basis, policy_version, channel, at, said
                        from stewardship.consent where subject = $1 order by purpose, at desc, id desc""", Tuple.of(subject.value())).map(found -> {
            List<ConsentEntry> entries = new ArrayList<>();
            for (Row row : found) {
                entries.add(new ConsentEntry(
                        row.getString(0),
                        row.getBoolean(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getOffsetDateTime(5).toInstant().toEpochMilli(),
                        row.getBoolean(1) && isLapsed(law, row)));
            }
            return List.copyOf(entries);
        });
    }
}
