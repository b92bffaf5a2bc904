package io.sluice.ledger.log;

import io.sluice.ledger.log.Finding.EntryFlaw;
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

    /** All these entries are: as many are named as are kept. */
    void missing(long from, long until) {
        long named = Math.min(until, from + KEPT);
        for (long index = from; index < named; index++) {
            add(new Finding.Entry(index, EntryFlaw.MISSING));
        }
        others += Math.max(0, until - from - KEPT);
    }

    List<Finding> kept() {
        return new ArrayList<>(kept);
    }

    long others() {
        return others;
    }
}
