package io.sluice.load;

import java.util.Locale;

/**
 * Orders per second of all who had a turn.
 *
 * @param beside processor time while the single baseline had its turn, its preparation included
 * @param others share of the machine's processors that was in other hands, over the whole round
 */
record Round(double single, Turn ours, double pipelined, double batched, CpuClock beside, double others) {

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
