package io.sluice.kernel;

import java.util.Set;

/**
 * An answer that staff look at, and need not read in full.
 *
 * @param shownTo who may be shown it; between two versions of the law that agree on nobody, nobody
 */
public record Display(Set<Role> shownTo) {

    public Display {
        shownTo = Set.copyOf(shownTo);
    }
}
