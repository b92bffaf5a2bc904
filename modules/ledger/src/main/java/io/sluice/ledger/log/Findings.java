package io.sluice.ledger.log;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a check has found so far: each once, and so many at most; how many there are beyond is counted. */
final class Findings {

    static final int KEPT = 1_000;

    private final Set<Finding> kept = new LinkedHashSet<>();
    private long others;

    void add(Finding finding) {
        if (kept.size() < KEPT) {
            kept.add(finding);
        } else if (!kept.contains(finding)) {
            others++;
        }
    }

    List<Finding> kept() {
        return new ArrayList<>(kept);
    }

    long others() {
        return others;
    }
}
