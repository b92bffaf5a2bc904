package io.sluice.app.config;

import java.util.Collection;
import java.util.Comparator;

/** Finds the name that somebody probably meant. */
final class Likeness {

    private Likeness() {}

    /** {@code "; did you mean …?"}, or nothing if no candidate is near. */
    static String hint(String written, Collection<String> candidates) {
        int tolerance = Math.max(2, written.length() / 5);
        return candidates.stream()
                .filter(each -> distance(written, each) <= tolerance)
                .min(Comparator.<String>comparingInt(each -> distance(written, each))
                        .thenComparing(Comparator.naturalOrder()))
                .map(each -> "; did you mean " + each + "?")
                .orElse("; see config/sluice.yaml for all of them");
    }

    /** How many insertions, deletions and replacements lie between two words. */
    static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
