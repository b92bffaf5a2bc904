package io.sluice.load;

import java.util.Locale;

/**
 * One round: callbacks to a node that has nothing else to do, then to one whose workers have more than they can do.
 *
 * @param due steps that were due when the busy turn began
 * @param orders of the busy turn
 * @param others processor time of everybody else, as a share of all
 */
record WebhookRound(OpenStream.Told idle, OpenStream.Told busy, long due, Turn orders, double others) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p99 %.1f ms at rest, %.1f ms beside %,.0f orders/s",
                idle.latencies().p99(),
                busy.latencies().p99(),
                orders.perSecond());
    }
}
