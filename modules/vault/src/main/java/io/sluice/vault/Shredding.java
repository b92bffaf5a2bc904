package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.sluice.storage.Batch;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * Empties persons' rows. Who has none gets an empty one, so that a key which is on its way into the table finds its place taken.
 * Done again it changes nothing.
 */
final class Shredding implements Batch<SubjectId, Boolean> {

    private final InstantSource clock;

    Shredding(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<Plan<Boolean>> prepare(SqlConnection transaction, List<SubjectId> subjects) {
        UUID[] ids = subjects.stream().map(SubjectId::value).distinct().sorted().toArray(UUID[]::new);
        Tuple arguments = Tuple.of(ids, clock.instant().atOffset(ZoneOffset.UTC));
        return Future.succeededFuture(new Plan<>() {
            @Override
            public List<Future<?>> write(SqlConnection tx) {
                return List.of(
                        // first, and locked until the end: the numbers of shreddings become visible in their order
                        tx.query("update vault.shredding_count set shreddings = shreddings + 1")
                                .execute(),
                        tx.preparedQuery("""
                                insert into vault.subject_key
                                    (subject, version, kek_epoch, wrapped, created_at, shredded_at, shredding)
                                select s, 1, f.least_epoch, null, $2, $2, c.shreddings
                                from unnest($1::uuid[]) as s, vault.kek_fence f, vault.shredding_count c order by s
                                on conflict do nothing""").execute(arguments),
                        tx.preparedQuery("""
                                update vault.subject_key set wrapped = null, shredded_at = $2,
                                    shredding = (select shreddings from vault.shredding_count)
                                where subject = any ($1) and wrapped is not null""").execute(arguments));
            }

            @Override
            public List<Boolean> answers() {
                return Collections.nCopies(subjects.size(), true);
            }
        });
    }
}
