package io.sluice.ledger.log;

import io.sluice.ledger.log.SecondSink.Notice;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Where notices of one kind come from that second sinks are to keep. */
public interface NoticeSource {

    /** A notice, and when it came to be. */
    record Waiting(Notice notice, Instant since) {}

    /** Such as {@code ledger.head}. */
    String kind();

    /** Those with a number above this, the smallest first, at most so many. None is added later below one that was given. */
    Future<List<Waiting>> after(long number, int limit);
}
