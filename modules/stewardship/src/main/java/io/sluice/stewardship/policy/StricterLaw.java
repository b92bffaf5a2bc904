package io.sluice.stewardship.policy;

import io.sluice.kernel.Changeover;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What two versions of the law allow together, for the moment at which one follows the other. Whatever is decided by the moment
 * keeps to the stricter of both. What counts in days, retention and deadlines, is the earlier version's until the later one is
 * certain.
 */
final class StricterLaw {

    private StricterLaw() {}

    static Law of(Law earlier, Law later, boolean isTimed) {
        return new Law(
                Changeover.between(earlier.policy(), later.policy(), isTimed),
                earlier.leastNotice(),
                earlier.acknowledged(),
                earlier.vocabulary(),
                purposes(earlier, later),
                earlier.fields(),
                roles(earlier, later),
                earlier.retention(),
                earlier.clocks(),
                earlier.erasure(),
                earlier.text());
    }

    private static Map<Purpose, PurposeRule> purposes(Law earlier, Law later) {
        Map<Purpose, PurposeRule> rules = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            PurposeRule one = earlier.rule(purpose);
            PurposeRule other = later.rule(purpose);
            Map<Category, Level> admits = new EnumMap<>(Category.class);
            one.admits().forEach((category, level) -> {
                Level others = other.admits().get(category);
                if (others != null) {
                    admits.put(category, level.compareTo(others) < 0 ? level : others);
                }
            });
            rules.put(
                    purpose, new PurposeRule(stricter(one.basis(), other.basis()), one.fideslang(), one.dpv(), admits));
        }
        return rules;
    }

    /** Bases stand in the order in which they leave more to the person. */
    private static Basis stricter(Basis one, Basis other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Map<Role, RoleRule> roles(Law earlier, Law later) {
        Map<Role, RoleRule> rules = new EnumMap<>(Role.class);
        earlier.roles().forEach((role, one) -> {
            RoleRule other = Objects.requireNonNull(later.roles().get(role), () -> "no rule for " + role.id());
            Set<Purpose> purposes = new HashSet<>(one.purposes());
            purposes.retainAll(other.purposes());
            FieldSet seen = one.masked().or(one.plain()).and(other.masked().or(other.plain()));
            FieldSet plain = one.plain().and(other.plain());
            rules.put(role, new RoleRule(purposes, seen.without(plain), plain));
        });
        return rules;
    }
}
