package io.sluice.load;

import java.util.Locale;

/**
 * One turn of each.
 *
 * @param enforced the product's
 * @param open the turn of the node behind an open gate
 * @param others share of the machine's processors that was in other hands than those of both nodes and their servers
 */
record EnforcementRound(Turn enforced, Turn open, double others) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "enforced %,.0f orders/s, behind an open gate %,.0f",
                enforced.perSecond(),
                open.perSecond());
    }
}
