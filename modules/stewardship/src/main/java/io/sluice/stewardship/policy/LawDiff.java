package io.sluice.stewardship.policy;

import io.sluice.kernel.Agreement;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Mask;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one version of the law changes of another, rule by rule and field by field (clause E3). Whatever is neither clearly
 * stricter nor without meaning for a person counts as a widening.
 */
public final class LawDiff {

    /** Which way a change goes, for the persons whose data it is about. */
    public enum Direction {
        WIDENS,
        NARROWS,
        /** It concerns operational fields alone. */
        CHANGES
    }

    /**
     * One difference.
     *
     * @param rule names what is changed, such as {@code contract carrier.dispatch opens delivery.phone}
     * @param detail how it stood and how it stands, where the name does not say it; may be empty
     * @param purposes those for which something is done otherwise
     */
    public record Change(Direction direction, String rule, String detail, Set<Purpose> purposes) {
        public Change {
            purposes = Set.copyOf(purposes);
        }
    }

    private final Law before;
    private final Law after;
    private final Changes changes = Changes.none();

    private LawDiff(Law before, Law after) {
        this.before = before;
        this.after = after;
    }

    /** Every difference: widenings first, then narrowings, then the rest, each by name. */
    public static List<Change> between(Law before, Law after) {
        LawDiff diff = new LawDiff(before, after);
        diff.notice();
        diff.fields();
        diff.purposes();
        new ContractDiff(before, after, diff.changes).contracts();
        diff.partners();
        diff.roles();
        ErasureDiff erasure = new ErasureDiff(before, after, diff.changes);
        erasure.clocks();
        erasure.erasure();
        return diff.changes.sorted();
    }

    /** The names of what is widened. */
    static Set<String> widenings(Law before, Law after) {
        return between(before, after).stream()
                .filter(change -> change.direction() == Direction.WIDENS)
                .map(Change::rule)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The purposes for which anything is widened. */
    private static Set<Purpose> widened(Law before, Law after) {
        return between(before, after).stream()
                .filter(change -> change.direction() == Direction.WIDENS)
                .flatMap(change -> change.purposes().stream())
                .collect(Collectors.toSet());
    }

    /**
     * The purposes for which everybody is asked anew: those that rest on consent afterwards, and did not before or are widened in
     * anything.
     */
    public static Set<Purpose> renewals(Law before, Law after) {
        Set<Purpose> widened = widened(before, after);
        return Arrays.stream(Purpose.values())
                .filter(purpose -> after.rule(purpose).basis() == Basis.CONSENT)
                .filter(purpose -> before.rule(purpose).basis() != Basis.CONSENT || widened.contains(purpose))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void notice() {
        changes.ordered(
                "least notice",
                Changes.compare(before.leastNotice(), after.leastNotice()),
                before.leastNotice(),
                after.leastNotice());
    }

    private void fields() {
        changes.sets("field", personal(before), personal(after));
        for (String name : common(before.fields(), after.fields())) {
            FieldRule old = rule(before, name);
            FieldRule now = rule(after, name);
            String field = "field " + name;
            Changes about = changes.about(servedBy(name));
            about.different(
                    Direction.WIDENS,
                    field + " category",
                    old.category().id(),
                    now.category().id());
            mask(about, field + " mask", old.mask(), now.mask());
            retention(about, field + " retention", kept(before, old), kept(after, now));
            about.ordered(
                    field + " level",
                    level(before, name).compareTo(level(after, name)),
                    level(before, name),
                    level(after, name));
        }
    }

    private static Set<String> personal(Law law) {
        Catalogue catalogue = law.policy().catalogue();
        return Set.copyOf(catalogue.names(catalogue.personal()));
    }

    private static void mask(Changes about, String name, Optional<Mask> old, Optional<Mask> now) {
        if (!old.equals(now)) {
            Direction direction = now.equals(Optional.of(Mask.HIDDEN)) ? Direction.NARROWS : Direction.WIDENS;
            about.add(direction, name, text(old.map(Mask::id)), text(now.map(Mask::id)));
        }
    }

    private static void retention(
            Changes about, String name, Optional<RetentionRule> old, Optional<RetentionRule> now) {
        if (old.isEmpty() || now.isEmpty() || !old.get().from().equals(now.get().from())) {
            about.different(Direction.WIDENS, name, text(old.map(LawDiff::words)), text(now.map(LawDiff::words)));
            return;
        }
        about.ordered(name, Changes.compare(now.get().keep(), old.get().keep()), words(old.get()), words(now.get()));
    }

    private static String words(RetentionRule rule) {
        return rule.keep() + " after " + rule.from();
    }

    /** The purposes that a field may serve, in either version. */
    private Set<Purpose> servedBy(String field) {
        return Stream.of(before, after)
                .flatMap(law -> admitting(law, Set.of(field)))
                .collect(Collectors.toSet());
    }

    /** The purposes that admit any of these fields. */
    static Stream<Purpose> admitting(Law law, Set<String> fields) {
        return Arrays.stream(Purpose.values())
                .filter(purpose -> fields.stream()
                        .anyMatch(field ->
                                law.rule(purpose).admits(rule(law, field).category(), level(law, field))));
    }

    private void purposes() {
        for (Purpose purpose : Purpose.values()) {
            PurposeRule old = before.rule(purpose);
            PurposeRule now = after.rule(purpose);
            String name = "purpose " + purpose.id();
            Changes about = changes.about(Set.of(purpose));
            if (old.basis() != now.basis()) {
                // only consent leaves the choice with the person
                Direction direction = now.basis() == Basis.CONSENT ? Direction.NARROWS : Direction.WIDENS;
                about.add(
                        direction,
                        name + " basis",
                        old.basis().id(),
                        now.basis().id());
            }
            for (Category category : Category.values()) {
                String admits = name + " admits " + category.id();
                Level was = old.admits().getOrDefault(category, Level.P0);
                Level is = now.admits().getOrDefault(category, Level.P0);
                about.ordered(admits, is.compareTo(was), was, is);
            }
        }
    }

    private void partners() {
        Map<String, Agreement> old = before.policy().agreements();
        Map<String, Agreement> now = after.policy().agreements();
        for (String partner : Changes.all(old, now)) {
            String name = "partner " + partner;
            Optional<Agreement> was = Optional.ofNullable(old.get(partner));
            Optional<Agreement> is = Optional.ofNullable(now.get(partner));
            Changes about =
                    changes.about(is.or(() -> was).map(Agreement::purposes).orElse(Set.of()));
            about.sets(
                    name + " gets",
                    was.map(one -> names(before, one.fields())).orElse(Set.of()),
                    is.map(one -> names(after, one.fields())).orElse(Set.of()));
            purposes(
                    name + " for",
                    was.map(Agreement::purposes).orElse(Set.of()),
                    is.map(Agreement::purposes).orElse(Set.of()));
            if (was.isPresent() && is.isPresent()) {
                about.different(
                        Direction.WIDENS,
                        name + " region",
                        was.get().region(),
                        is.get().region());
                about.ordered(
                        name + " valid until",
                        is.get().validUntil().compareTo(was.get().validUntil()),
                        was.get().validUntil(),
                        is.get().validUntil());
                about.ordered(
                        name + " valid from",
                        was.get().validFrom().compareTo(is.get().validFrom()),
                        was.get().validFrom(),
                        is.get().validFrom());
            }
        }
    }

    private void roles() {
        for (Role role : Role.values()) {
            RoleRule old = rule(before, role);
            RoleRule now = rule(after, role);
            String name = "role " + role.id();
            purposes(name + " works for", old.purposes(), now.purposes());
            Changes about = changes.about(now.purposes());
            about.sets(name + " sees masked", names(before, old.masked()), names(after, now.masked()));
            about.sets(name + " sees plain", names(before, old.plain()), names(after, now.plain()));
        }
    }

    /** Purposes that came or went: each concerns itself. */
    private void purposes(String name, Set<Purpose> old, Set<Purpose> now) {
        for (Purpose purpose : Purpose.values()) {
            changes.about(Set.of(purpose))
                    .sets(
                            name,
                            old.contains(purpose) ? Set.of(purpose.id()) : Set.of(),
                            now.contains(purpose) ? Set.of(purpose.id()) : Set.of());
        }
    }

    private static Optional<RetentionRule> kept(Law law, FieldRule rule) {
        return rule.retention().map(law.retention()::get);
    }

    private static Level level(Law law, String field) {
        return law.policy().catalogue().named(field).orElseThrow().level();
    }

    private static FieldRule rule(Law law, String field) {
        return Optional.ofNullable(law.fields().get(field)).orElseThrow();
    }

    private static RoleRule rule(Law law, Role role) {
        return Optional.ofNullable(law.roles().get(role)).orElseThrow();
    }

    static Set<String> names(Law law, FieldSet fields) {
        return Set.copyOf(law.policy().catalogue().names(fields));
    }

    static String text(Optional<String> value) {
        return value.orElse("none");
    }

    private static Set<String> common(Map<String, ?> old, Map<String, ?> now) {
        return old.keySet().stream().filter(now::containsKey).collect(Collectors.toCollection(TreeSet::new));
    }
}
