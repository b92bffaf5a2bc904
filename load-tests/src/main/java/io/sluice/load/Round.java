package io.sluice.load;

import java.util.Locale;

/**
 * Orders per second of all who had a turn.
 *
 * @param idleNode processor seconds that the node took while the single baseline had its turn
 */
record Round(double single, Turn ours, double pipelined, double batched, double idleNode) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "ours %,.0f orders/s, pgbench %,.0f, pipelined %,.0f, batched %,.0f",
                ours.perSecond(),
                single,
                pipelined,
                batched);
    }
}
