package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The table {@code vault.hold}. A hold's last day is counted in UTC. */
final class Holds {

    private final String region;
    private final Database database;
    private final InstantSource clock;

    Holds(String region, Database database, InstantSource clock) {
        this.region = region;
        this.database = database;
        this.clock = clock;
    }

    /** The hold for this reason until the end of this day; of two who ask at once both get the same. */
    Future<Hold> of(String reason, LocalDate until) {
        if (until.isBefore(today())) {
            throw new IllegalArgumentException("a hold that has ended holds nothing");
        }
        return database.query(
                        """
                        insert into vault.hold (id, reason, until, created_at) values ($1, $2, $3, $4)
                        on conflict (reason, until) do update set reason = excluded.reason returning id""",
                        Tuple.of(
                                UUID.randomUUID(),
                                reason,
                                until,
                                clock.instant().atOffset(ZoneOffset.UTC)))
                .map(rows ->
                        new Hold(region, new SubjectId(rows.iterator().next().getUUID(0)), reason, until));
    }

    /** Holds that are over and whose key has not been shredded yet. */
    Future<List<SubjectId>> over() {
        return database.query("select id from vault.hold where ended_at is null and until < $1", Tuple.of(today()))
                .map(rows -> {
                    List<SubjectId> over = new ArrayList<>();
                    for (Row row : rows) {
                        over.add(new SubjectId(row.getUUID(0)));
                    }
                    return over;
                });
    }

    Future<Void> ended(SubjectId hold) {
        return database.query(
                        "update vault.hold set ended_at = $2 where id = $1",
                        Tuple.of(hold.value(), clock.instant().atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private LocalDate today() {
        return clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
