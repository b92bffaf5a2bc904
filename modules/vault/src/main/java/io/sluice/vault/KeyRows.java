package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.sluice.storage.Batch;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The table {@code vault.subject_key}. */
final class KeyRows {

    // raised by a trigger of the table
    private static final String DESTROYED_EPOCH = "SK001";

    private final InstantSource clock;

    KeyRows(InstantSource clock) {
        this.clock = clock;
    }

    /** @param wrapped null once the key is shredded */
    record Stored(int version, int kekEpoch, @Nullable Buffer wrapped) {}

    /** The associated data of a wrapped key. */
    static byte[] place(SubjectId subject, int version) {
        return ByteBuffer.allocate(20)
                .putLong(subject.value().getMostSignificantBits())
                .putLong(subject.value().getLeastSignificantBits())
                .putInt(version)
                .array();
    }

    /** Whether the table refused to take a key that was wrapped under an epoch whose end has come. */
    static boolean isOfDestroyedEpoch(Throwable cause) {
        return cause instanceof PgException refused && DESTROYED_EPOCH.equals(refused.getSqlState());
    }

    /** The rows of these persons, oldest version first. */
    Future<Map<SubjectId, List<Stored>>> read(Database database, List<SubjectId> subjects) {
        UUID[] ids = subjects.stream().map(SubjectId::value).toArray(UUID[]::new);
        return database.query("""
                        select subject, version, kek_epoch, wrapped from vault.subject_key
                        where subject = any ($1) order by subject, version""", Tuple.of((Object) ids)).map(rows -> {
            Map<SubjectId, List<Stored>> found = new HashMap<>();
            for (Row row : rows) {
                found.computeIfAbsent(new SubjectId(row.getUUID(0)), first -> new ArrayList<>(1))
                        .add(new Stored(row.getInteger(1), row.getInteger(2), row.getBuffer(3)));
            }
            return found;
        });
    }

    /** Inserts keys where there are none; the answer is who got the key that was brought. */
    Future<Batch.Plan<Set<SubjectId>>> inserting(SqlConnection transaction, List<List<NewKey>> items) {
        return Future.succeededFuture(new Insert(items));
    }

    /**
     * A key that is there already stays, also when the transaction is run again after it was committed unnoticed: then nobody
     * is told that theirs was taken, and everybody loads the one that was.
     */
    private final class Insert implements Batch.Plan<Set<SubjectId>> {

        private final List<List<NewKey>> items;
        private final Map<SubjectId, NewKey> firsts = new LinkedHashMap<>();
        private final Set<SubjectId> inserted = new HashSet<>();

        Insert(List<List<NewKey>> items) {
            this.items = items;
            items.forEach(keys -> keys.forEach(key -> firsts.putIfAbsent(key.subject(), key)));
        }

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            List<NewKey> keys = List.copyOf(firsts.values());
            // in one order for all, so that two batches with the same persons wait for each other one way only
            Future<RowSet<Row>> rows = transaction
                    .preparedQuery("""
                            insert into vault.subject_key (subject, version, kek_epoch, wrapped, created_at)
                            select s, v, e, w, $5 from unnest($1::uuid[], $2::int4[], $3::int4[], $4::bytea[])
                                as t (s, v, e, w) order by s
                            on conflict do nothing returning subject""")
                    .execute(Tuple.of(
                            keys.stream().map(key -> key.subject().value()).toArray(UUID[]::new),
                            keys.stream().map(NewKey::version).toArray(Integer[]::new),
                            keys.stream().map(NewKey::kekEpoch).toArray(Integer[]::new),
                            keys.stream().map(NewKey::wrapped).toArray(Buffer[]::new),
                            clock.instant().atOffset(ZoneOffset.UTC)));
            return List.of(rows.onSuccess(found -> found.forEach(row -> inserted.add(new SubjectId(row.getUUID(0))))));
        }

        @Override
        public List<Set<SubjectId>> answers() {
            return items.stream().map(this::taken).toList();
        }

        private Set<SubjectId> taken(List<NewKey> keys) {
            Set<SubjectId> taken = new HashSet<>();
            for (NewKey key : keys) {
                if (firsts.get(key.subject()) == key && inserted.contains(key.subject())) {
                    taken.add(key.subject());
                }
            }
            return taken;
        }
    }
}
