package io.sluice.ledger.log;

import io.sluice.ledger.log.SecondSink.Notice;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** The ledger's signed heads, by their sizes. */
public final class HeadNotices implements NoticeSource {

    private static final String NEXT = """
            select h.bytes, k.public_key, h.signature from ledger.head h join ledger.head_key k on k.id = h.key
            where h.size > $1 order by h.size limit $2""";

    private final Database database;

    public HeadNotices(Database database) {
        this.database = database;
    }

    @Override
    public String kind() {
        return Notice.HEAD;
    }

    @Override
    public Future<List<Waiting>> after(long number, int limit) {
        return database.query(NEXT, Tuple.of(number, limit)).map(rows -> {
            List<Waiting> heads = new ArrayList<>();
            for (Row row : rows) {
                SignedHead head = SignedHead.of(row, 0);
                heads.add(new Waiting(Notice.of(head), head.head().time()));
            }
            return heads;
        });
    }
}
