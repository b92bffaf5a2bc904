package io.sluice.storage;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers once given, by idempotency key, for use inside a room's own transaction: a key's answer becomes durable with the
 * effect that it reports.
 */
public final class IdempotencyTable {

    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(48);

    /**
     * @param scope hex of a keyed hash over principal, method, path and key
     * @param fingerprint hex of a keyed hash over the body
     */
    public record Stored(String scope, String fingerprint, Buffer outcome) {}

    private IdempotencyTable() {}

    /** The answers kept for these scopes, by scope. */
    public static Future<Map<String, Stored>> find(SqlConnection transaction, List<String> scopes) {
        return transaction
                .preparedQuery("select scope, fingerprint, outcome from storage.idempotency where scope = any ($1)")
                .execute(Tuple.of(scopes.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Stored> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(row.getString(0), new Stored(row.getString(0), row.getString(1), row.getBuffer(2)));
                    }
                    return found;
                });
    }

    /** Keeps answers. Fails the transaction if a scope is there already: another one was faster, and a retry will find it. */
    public static Future<?> insert(SqlConnection transaction, List<Stored> answers, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return transaction
                .preparedQuery("""
                        insert into storage.idempotency (scope, fingerprint, outcome, created_at)
                        select s, f, o, $4 from unnest($1::text[], $2::text[], $3::bytea[]) as t (s, f, o)""")
                .execute(Tuple.of(
                        answers.stream().map(Stored::scope).toArray(String[]::new),
                        answers.stream().map(Stored::fingerprint).toArray(String[]::new),
                        answers.stream().map(Stored::outcome).toArray(Buffer[]::new),
                        at));
    }

    /** Deletes up to so many answers that have been kept long enough; the number deleted. */
    public static Future<Integer> purge(Database database, Instant now, int limit) {
        return database.query("""
                        delete from storage.idempotency where ctid = any (array(
                            select ctid from storage.idempotency where created_at < $1 limit $2))""", Tuple.of(now.minus(KEPT).atOffset(ZoneOffset.UTC), limit))
                .map(rows -> rows.rowCount());
    }
}
