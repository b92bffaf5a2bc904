package io.sluice.app.node;

import io.sluice.ledger.log.NoticeSource;
import io.sluice.ledger.log.SecondSink.Notice;
import io.sluice.stewardship.restore.Restriction;
import io.sluice.stewardship.restore.Restrictions;
import io.vertx.core.Future;
import java.util.List;

/** What was taken away from persons, for second sinks. */
record RestrictionNotices(Restrictions restrictions) implements NoticeSource {

    @Override
    public String kind() {
        return Restriction.KIND;
    }

    @Override
    public Future<List<Waiting>> after(long number, int limit) {
        return restrictions
                .after(number, limit)
                .map(found -> found.stream()
                        .map(one -> new Waiting(new Notice(Restriction.KIND, one.number(), one.json()), one.at()))
                        .toList());
    }
}
