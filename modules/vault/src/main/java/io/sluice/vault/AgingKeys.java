package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The same rows by their epoch: which keys live under an old one, and that none is wrapped under a destroyed one any more. */
final class AgingKeys {

    private static final long MOST_COUNTED = 100_000;

    private final Database database;

    AgingKeys(Database database) {
        this.database = database;
    }

    /** A living key as it rests. */
    record Resting(SubjectId subject, int version, int epoch, Buffer wrapped) {

        /** Before every other. */
        static final Resting FIRST = new Resting(new SubjectId(new UUID(0, 0)), 0, 0, Buffer.buffer());

        byte[] place() {
            return KeyRows.place(subject, version);
        }
    }

    /** A key and what it looks like wrapped anew. */
    record Rewrapped(Resting before, Buffer after) {}

    /** The next living keys of epochs before this one, oldest first. */
    Future<List<Resting>> before(int epoch, Resting last, int limit) {
        return database.query("""
                        select subject, version, kek_epoch, wrapped from vault.subject_key
                        where wrapped is not null and kek_epoch < $1 and (kek_epoch, subject, version) > ($2, $3, $4)
                        order by kek_epoch, subject, version limit $5""", Tuple.of(epoch, last.epoch(), last.subject().value(), last.version(), limit))
                .map(rows -> {
                    List<Resting> found = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        found.add(new Resting(
                                new SubjectId(row.getUUID(0)), row.getInteger(1), row.getInteger(2), row.getBuffer(3)));
                    }
                    return found;
                });
    }

    /** Puts keys in place that were wrapped anew, where the row is as it was: who was shredded meanwhile stays so. */
    Future<Integer> put(int epoch, List<Rewrapped> keys) {
        return database.query(
                        """
                        update vault.subject_key k set kek_epoch = $1, wrapped = n.after
                        from unnest($2::uuid[], $3::int4[], $4::bytea[], $5::bytea[]) as n (subject, version, before, after)
                        where k.subject = n.subject and k.version = n.version and k.wrapped = n.before""",
                        Tuple.of(
                                epoch,
                                keys.stream()
                                        .map(key -> key.before().subject().value())
                                        .toArray(UUID[]::new),
                                keys.stream().map(key -> key.before().version()).toArray(Integer[]::new),
                                keys.stream().map(key -> key.before().wrapped()).toArray(Buffer[]::new),
                                keys.stream().map(Rewrapped::after).toArray(Buffer[]::new)))
                .map(rows -> rows.rowCount());
    }

    /** How many living keys are wrapped under epochs before this one; of very many, so many that it is told at once. */
    Future<Long> countBefore(int epoch) {
        return database.query("""
                        select count(*) from (select from vault.subject_key
                            where wrapped is not null and kek_epoch < $1 limit $2) as aging""", Tuple.of(epoch, MOST_COUNTED))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** How many living keys each epoch has. */
    Future<SortedMap<Integer, Long>> living() {
        return database.query(
                        "select kek_epoch, count(*) from vault.subject_key where wrapped is not null group by kek_epoch",
                        Tuple.tuple())
                .map(rows -> {
                    SortedMap<Integer, Long> living = new TreeMap<>();
                    for (Row row : rows) {
                        living.put(row.getInteger(0), row.getLong(1));
                    }
                    return living;
                });
    }

    /** The oldest epoch that has a living key; the largest number there is if none has. */
    Future<Integer> oldestLiving() {
        return database.query("select min(kek_epoch) from vault.subject_key where wrapped is not null", Tuple.tuple())
                .map(rows -> {
                    Integer oldest = rows.iterator().next().getInteger(0);
                    return oldest == null ? Integer.MAX_VALUE : oldest;
                });
    }

    /** From when this has returned nothing is wrapped under an older epoch, and what was on its way is in the table. */
    Future<Void> raiseFence(int leastEpoch) {
        return database.query("""
                        with alone as materialized (select pg_advisory_xact_lock(1))
                        update vault.kek_fence set least_epoch = greatest(least_epoch, $1) from alone""", Tuple.of(leastEpoch)).mapEmpty();
    }
}
