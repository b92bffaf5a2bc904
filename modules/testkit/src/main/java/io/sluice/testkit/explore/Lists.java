package io.sluice.testkit.explore;

import java.util.ArrayList;
import java.util.List;

/** What models do with the lists in their states. */
public final class Lists {

    private Lists() {}

    /** The list with another value in one place; the same list if that is the value there. */
    public static <T> List<T> with(List<T> list, int place, T value) {
        if (list.get(place).equals(value)) {
            return list;
        }
        List<T> changed = new ArrayList<>(list);
        changed.set(place, value);
        return List.copyOf(changed);
    }
}
