package io.sluice.app.config;

import io.sluice.gateway.http.Rate;
import java.time.Duration;

/**
 * Where the answer becomes 413, 422, 429 or 503 instead of a growing heap.
 *
 * @param body bytes of a request's body
 * @param jsonDepth how deep a body may nest
 * @param principal requests that each signed-in person may make of this node
 * @param address requests that may come to this node from each address without being anybody's
 * @param requestsInFlight requests between first byte and answer, per event loop; partners' callbacks are counted apart
 * @param orderWatchers requests that wait for what becomes of an order, on this node
 * @param readsWaiting single reads that wait for the database, per room
 * @param commitQueue items that wait for one group commit
 * @param commitBatch items of one transaction
 * @param commitLanes transactions of one group commit in flight
 * @param webhookTolerance how far the time of a callback's signature may lie from now
 */
public record Limits(
        int body,
        int jsonDepth,
        Rate principal,
        Rate address,
        int requestsInFlight,
        int orderWatchers,
        int readsWaiting,
        int commitQueue,
        int commitBatch,
        int commitLanes,
        Duration webhookTolerance) {

    public Limits {
        Values.positive("limits.webhook_tolerance", webhookTolerance);
        if (commitBatch > commitQueue) {
            throw new IllegalArgumentException("limits.commit_batch must not exceed limits.commit_queue");
        }
    }

    static Limits read(Section section) {
        // in development a few accounts, at one address, place all orders
        boolean isForReal = !section.profile().isDevelopment();
        return new Limits(
                section.bytes("body", 64 * 1024),
                section.number("json_depth", 16, 2, 100),
                rate(section.at("principal"), isForReal ? 20 : 0, 100),
                rate(section.at("address"), isForReal ? 50 : 0, 200),
                section.number("requests_in_flight", 2_000, 1, 1_000_000),
                section.number("order_watchers", 10_000, 1, 1_000_000),
                section.number("reads_waiting", 10_000, 1, 1_000_000),
                section.number("commit_queue", 5_000, 1, 1_000_000),
                section.number("commit_batch", 250, 1, 10_000),
                section.number("commit_lanes", 2, 1, 64),
                section.duration("webhook_tolerance", Duration.ofMinutes(5)));
    }

    private static Rate rate(Section section, int perSecond, int burst) {
        return new Rate(section.number("rate", perSecond, 0, 1_000_000), section.number("burst", burst, 1, 1_000_000));
    }
}
