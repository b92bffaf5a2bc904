package io.sluice.ledger.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.ledger.log.NoticeSource.Waiting;
import io.sluice.ledger.log.SecondSink.Notice;
import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings notices of one kind to a second sink, in their order and each at least once: how far it is is a row, so that neither a stop nor
 * another node's turn loses one. A sink that is broken is tried again ever more seldom, and told of; nothing waits for it.
 */
final class Courier {

    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final int AT_A_TIME = 50;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final String SO_FAR = "select size from ledger.delivered where sink = $1";

    // two nodes may be at it for a moment, and the slower one must not turn it back
    private static final String DELIVERED = """
            insert into ledger.delivered as d (sink, size, at) values ($1, $2, $3)
            on conflict (sink) do update set size = greatest(d.size, excluded.size), at = excluded.at""";

    private final Database database;
    private final NoticeSource source;
    private final SecondSink sink;
    private final String name;
    private final Duration patience;
    private final InstantSource clock;
    private final Counter delivered;
    private final Counter failures;
    private int failuresInARow;
    private volatile long oldestWaiting;

    /** @param patience a sink that does not answer for so long has failed */
    Courier(
            Database database,
            NoticeSource source,
            SecondSink sink,
            Duration patience,
            InstantSource clock,
            MeterRegistry meters) {
        this.database = database;
        this.source = source;
        this.sink = sink;
        this.name = source.kind().equals(Notice.HEAD) ? sink.name() : sink.name() + " of " + source.kind();
        this.patience = patience;
        this.clock = clock;
        this.delivered = meters.counter("sluice.ledger.sink.delivered", "sink", name);
        this.failures = meters.counter("sluice.ledger.sink.failed", "sink", name);
        Gauge.builder("sluice.ledger.sink.behind", this, Courier::secondsBehind)
                .tag("sink", name)
                .baseUnit("seconds")
                .register(meters);
    }

    /** For how long the oldest notice has waited that the sink does not have; 0 if it has them all, as far as this node knows. */
    private double secondsBehind() {
        long since = oldestWaiting;
        return since == 0 ? 0 : (clock.millis() - since) / 1000.0;
    }

    /** One delivery, if there is something to deliver. Yields how long to wait before the next; never fails. */
    Future<Duration> turn() {
        return database.query(SO_FAR, Tuple.of(name))
                .compose(rows -> source.after(
                        rows.size() == 0 ? 0 : rows.iterator().next().getLong(0), AT_A_TIME))
                .compose(this::deliver)
                .map(count -> {
                    failuresInARow = 0;
                    return count == AT_A_TIME ? Duration.ZERO : FIRST_PAUSE;
                })
                .recover(cause -> {
                    // what was not delivered is still in its place, and comes next time
                    failures.increment();
                    LOG.error(
                            "second sink has not taken notices, tried again sink={} failures={} cause={}",
                            name,
                            ++failuresInARow,
                            cause.toString());
                    long pause = FIRST_PAUSE.toMillis() << Math.min(failuresInARow, 10);
                    return Future.succeededFuture(Duration.ofMillis(Math.min(pause, LONGEST_PAUSE.toMillis())));
                });
    }

    private Future<Integer> deliver(List<Waiting> notices) {
        if (notices.isEmpty()) {
            oldestWaiting = 0;
            return Future.succeededFuture(0);
        }
        oldestWaiting = notices.getFirst().since().toEpochMilli();
        return kept(notices)
                .compose(kept -> database.query(
                        DELIVERED,
                        Tuple.of(
                                name,
                                notices.getLast().notice().number(),
                                clock.instant().atOffset(ZoneOffset.UTC))))
                .map(rows -> {
                    delivered.increment(notices.size());
                    oldestWaiting = 0;
                    return notices.size();
                });
    }

    private Future<Void> kept(List<Waiting> notices) {
        try {
            return sink.keep(notices.stream().map(Waiting::notice).toList())
                    .timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException thrown) {
            return Future.failedFuture(thrown);
        }
    }
}
