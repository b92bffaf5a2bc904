package io.sluice.ledger.log;

import io.sluice.storage.Session;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a database is still the one whose heads were brought to second sinks. If it was put back to an earlier state, other
 * heads would be signed for sizes that have one: two truths under one name.
 */
final class KeptHeads {

    private static final Logger LOG = LoggerFactory.getLogger(KeptHeads.class);

    private final List<SecondSink> sinks;
    private final Duration patience;

    /** @param patience a sink that does not answer for so long does not tell */
    KeptHeads(List<SecondSink> sinks, Duration patience) {
        this.sinks = List.copyOf(sinks);
        this.patience = patience;
    }

    /** Fails with {@link Contradicted} if a sink holds a head of this log that the database does not. */
    Future<Void> areIn(Session session) {
        return session.query("select log from ledger.sequencer", Tuple.tuple()).compose(rows -> {
            UUID log = rows.iterator().next().getUUID(0);
            Future<Void> agreed = Future.succeededFuture();
            for (SecondSink sink : sinks) {
                agreed = agreed.compose(before -> newest(sink, log))
                        .compose(head -> head.isPresent() ? isIn(session, sink, head.get()) : Future.succeededFuture());
            }
            return agreed;
        });
    }

    private Future<Optional<SignedHead>> newest(SecondSink sink, UUID log) {
        return sink.newest(log)
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(broken -> {
                    // a sink that is broken stops nobody
                    LOG.warn(
                            "second sink does not tell what it has, gone on without sink={} cause={}",
                            sink.name(),
                            broken.toString());
                    return Future.succeededFuture(Optional.empty());
                });
    }

    private static Future<Void> isIn(Session session, SecondSink sink, SignedHead kept) {
        return session.query(
                        "select bytes from ledger.head where size = $1",
                        Tuple.of(kept.head().size()))
                .compose(rows -> {
                    for (Row row : rows) {
                        Buffer own = row.getBuffer(0);
                        if (own.equals(kept.bytes())) {
                            return Future.succeededFuture();
                        }
                    }
                    return Future.failedFuture(new Contradicted(sink, kept));
                });
    }

    /** The database is not the one that this head was signed for: it was put back, or rewritten. */
    static final class Contradicted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Contradicted(SecondSink sink, SignedHead kept) {
            super(
                    "%s holds a head of %d entries that this database does not: it was put back to an earlier state, or rewritten. Nothing is sealed until that is understood; to go on from here under a new name: ./sluice ledger reopen"
                            .formatted(sink.name(), kept.head().size()),
                    null,
                    false,
                    false);
        }
    }
}
