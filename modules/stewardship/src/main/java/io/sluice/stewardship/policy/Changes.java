package io.sluice.stewardship.policy;

import io.sluice.kernel.Purpose;
import io.sluice.stewardship.policy.LawDiff.Change;
import io.sluice.stewardship.policy.LawDiff.Direction;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What has been found to differ so far. */
final class Changes {

    // periods are compared by where they end when they start on this day
    private static final LocalDate SOME_DAY = LocalDate.of(2026, 1, 1);

    private final List<Change> found;
    private final Set<Purpose> purposes;

    private Changes(List<Change> found, Set<Purpose> purposes) {
        this.found = found;
        this.purposes = purposes;
    }

    /** Nothing yet. What is added concerns no purpose, but for what is added {@linkplain #about about} some. */
    static Changes none() {
        return new Changes(new ArrayList<>(), Set.of());
    }

    /** The same list, for changes of what is done for these purposes. */
    Changes about(Set<Purpose> concerned) {
        return new Changes(found, Set.copyOf(concerned));
    }

    /** Widenings first, then narrowings, then the rest, each by name. */
    List<Change> sorted() {
        return found.stream()
                .sorted(Comparator.comparing(Change::direction).thenComparing(Change::rule))
                .toList();
    }

    /** Every element that is there now and was not, and the other way round. */
    void sets(String name, Set<String> old, Set<String> now) {
        now.stream()
                .filter(one -> !old.contains(one))
                .forEach(one -> found.add(new Change(Direction.WIDENS, name + " " + one, "", purposes)));
        old.stream()
                .filter(one -> !now.contains(one))
                .forEach(one -> found.add(new Change(Direction.NARROWS, name + " " + one, "", purposes)));
    }

    /** @param more positive if there is more of it now, negative if less */
    void ordered(String name, int more, Object old, Object now) {
        if (more != 0) {
            add(more > 0 ? Direction.WIDENS : Direction.NARROWS, name, old, now);
        }
    }

    void different(Direction direction, String name, Object old, Object now) {
        if (!old.equals(now)) {
            add(direction, name, old, now);
        }
    }

    void add(Direction direction, String name, Object old, Object now) {
        found.add(new Change(direction, name, old + " → " + now, purposes));
    }

    static int compare(Period one, Period other) {
        return SOME_DAY.plus(one).compareTo(SOME_DAY.plus(other));
    }

    /** The keys of either. */
    static Set<String> all(Map<String, ?> old, Map<String, ?> now) {
        Map<String, Object> both = new TreeMap<>(old);
        both.putAll(now);
        return both.keySet();
    }
}
