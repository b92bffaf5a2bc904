package io.sluice.ledger.log;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A leaf that comes into the log, as its tally needs it.
 *
 * @param batch which batch of the round it is in
 * @param record the pseudonym under which it names its record
 */
record LoggedLeaf(int batch, long n, Buffer hash, String record) {

    /** How a record begins in a leaf; it stands nowhere else, for in a value the quotes would be escaped. */
    private static final String MEMBER = "\"record\":\"";
    /** Longer is no pseudonym. */
    private static final int LONGEST = 100;

    // cut out by the server, and not kept in a column of its own: writing leaves then costs nothing more
    private static final String OF_BATCHES = """
            select b.i::int - 1, l.n, l.hash, substring(l.bytes from position($4::bytea in l.bytes) + $5 for $6)
            from unnest($1::uuid[], $2::bigint[], $3::bigint[]) with ordinality as b (shard, first_n, until, i)
            join ledger.leaf l on l.shard = b.shard and l.n >= b.first_n and l.n < b.until
            where position($4 in l.bytes) > 0
            order by b.i, l.n""";

    /** The leaves of these batches that name a record, in the log's order. */
    static Future<List<LoggedLeaf>> of(SqlConnection session, NewBatches batches) {
        return session.preparedQuery(OF_BATCHES)
                .execute(Tuple.from(new Object[] {
                    batches.ids(), batches.from(), batches.until(), Buffer.buffer(MEMBER), MEMBER.length(), LONGEST
                }))
                .map(rows -> {
                    List<LoggedLeaf> leaves = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        leaves.add(new LoggedLeaf(
                                row.getInteger(0), row.getLong(1), row.getBuffer(2), pseudonym(row.getBuffer(3))));
                    }
                    return leaves;
                });
    }

    private static String pseudonym(Buffer rest) {
        String text = rest.toString(StandardCharsets.UTF_8);
        int end = text.indexOf('"');
        if (end < 0) {
            throw new IllegalStateException("a leaf with a longer pseudonym than there are");
        }
        return text.substring(0, end);
    }
}
