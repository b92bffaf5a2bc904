package io.sluice.app.node;

import java.util.List;

/**
 * How a node ended.
 *
 * @param troubles what did not stop as it should; empty when the stop was clean
 */
public record Ending(List<String> troubles) {

    public Ending {
        troubles = List.copyOf(troubles);
    }

    public boolean clean() {
        return troubles.isEmpty();
    }
}
