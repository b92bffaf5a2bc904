package io.sluice.app.config;

import java.time.Duration;

/**
 * Where the answer becomes 413, 422, 429 or 503 instead of a growing heap.
 *
 * @param body bytes of a request's body
 * @param jsonDepth how deep a body may nest
 * @param page elements of a list's page
 * @param requestsInFlight requests between first byte and answer on this node
 * @param commitQueue items that wait for one group commit
 * @param commitBatch items of one transaction
 * @param commitLanes transactions of one group commit in flight
 * @param webhookTolerance how old a callback's signature may be
 */
public record Limits(
        int body,
        int jsonDepth,
        int page,
        int requestsInFlight,
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
        return new Limits(
                section.bytes("body", 64 * 1024),
                section.number("json_depth", 16, 2, 100),
                section.number("page", 100, 1, 100),
                section.number("requests_in_flight", 2_000, 1, 1_000_000),
                section.number("commit_queue", 5_000, 1, 1_000_000),
                section.number("commit_batch", 250, 1, 10_000),
                section.number("commit_lanes", 2, 1, 64),
                section.duration("webhook_tolerance", Duration.ofMinutes(5)));
    }
}
