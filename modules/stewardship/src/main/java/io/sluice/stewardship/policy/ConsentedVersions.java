package io.sluice.stewardship.policy;

import io.sluice.kernel.Purpose;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * To which versions somebody must have said yes for a consent to cover what one version does (clause E3). Whoever said yes to an
 * earlier version said it to what that version did. So a consent counts as long as nothing that it is for has been widened since;
 * and a purpose that comes to rest on consent has nobody's yet, whatever they said when it rested on something else. A version that
 * is not in the row counts for nothing.
 */
final class ConsentedVersions {

    private ConsentedVersions() {}

    /** For a version of which no predecessor is known: only consents to itself. */
    static Map<Purpose, Set<String>> of(String version, Map<Purpose, PurposeRule> purposes) {
        Map<Purpose, Set<String>> own = new EnumMap<>(Purpose.class);
        purposes.forEach((purpose, rule) -> {
            if (rule.basis() == Basis.CONSENT) {
                own.put(purpose, Set.of(version));
            }
        });
        return own;
    }

    /** For a version that follows another: the versions that counted for that one too, where nothing is widened. */
    static Map<Purpose, Set<String>> after(Law before, Law after) {
        Map<Purpose, Set<String>> versions = of(after.version(), after.purposes());
        Set<Purpose> anew = LawDiff.renewals(before, after);
        versions.replaceAll((purpose, own) ->
                anew.contains(purpose) ? own : both(before.policy().consents().getOrDefault(purpose, Set.of()), own));
        return versions;
    }

    private static Set<String> both(Set<String> earlier, Set<String> own) {
        Set<String> all = new HashSet<>(earlier);
        all.addAll(own);
        return all;
    }
}
