package io.sluice.stewardship.policy;

import io.sluice.stewardship.policy.LawDiff.Direction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one version changes of another's deadlines and of what it keeps of the erased. */
final class ErasureDiff {

    private final Law before;
    private final Law after;
    private final Changes changes;

    ErasureDiff(Law before, Law after, Changes changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void clocks() {
        Map<String, Jurisdiction> old = before.clocks();
        Map<String, Jurisdiction> now = after.clocks();
        for (String place : Changes.all(old, now)) {
            Jurisdiction was = old.get(place);
            Jurisdiction is = now.get(place);
            if (was == null || is == null) {
                // whoever lives there was, or is now, under the clocks of elsewhere
                changes.add(Direction.WIDENS, "clocks " + place, there(was != null), there(is != null));
                continue;
            }
            changes.different(Direction.WIDENS, "clocks " + place + " countries", was.countries(), is.countries());
            changes.different(Direction.WIDENS, "clocks " + place + " zones", was.zones(), is.zones());
            for (Right right : Right.values()) {
                clock("clock " + place + " " + right.id(), was.clock(right), is.clock(right));
            }
        }
    }

    private static String there(boolean isThere) {
        return isThere ? "there" : "none";
    }

    private void clock(String name, ClockRule was, ClockRule is) {
        boolean isNoLater = isNoLonger(Optional.of(is.within()), Optional.of(was.within()))
                && isNoLonger(is.extension(), was.extension())
                && is.from() == was.from()
                && (was.pausesForIdentity() || !is.pausesForIdentity())
                && (was.movesToWorkingDay() || !is.movesToWorkingDay());
        boolean isSame = was.within().equals(is.within())
                && was.extension().equals(is.extension())
                && was.from() == is.from()
                && was.pausesForIdentity() == is.pausesForIdentity()
                && was.movesToWorkingDay() == is.movesToWorkingDay();
        if (!isSame) {
            changes.add(isNoLater ? Direction.NARROWS : Direction.WIDENS, name, words(was), words(is));
        }
    }

    private static boolean isNoLonger(Optional<ClockRule.Span> is, Optional<ClockRule.Span> was) {
        return is.isEmpty()
                || was.isPresent()
                        && is.get().unit() == was.get().unit()
                        && is.get().amount() <= was.get().amount();
    }

    private static String words(ClockRule rule) {
        return words(rule.within()) + " after " + YamlSection.word(rule.from())
                + (rule.pausesForIdentity() ? ", paused for identity" : "")
                + (rule.movesToWorkingDay() ? ", moved to a working day" : "")
                + rule.extension().map(more -> ", then " + words(more)).orElse("");
    }

    private static String words(ClockRule.Span span) {
        return span.amount() + " " + YamlSection.word(span.unit());
    }

    void erasure() {
        changes.different(
                Direction.WIDENS,
                "erasure steps",
                before.erasure().steps(),
                after.erasure().steps());
        Map<String, HoldRule> old = before.erasure().holds();
        Map<String, HoldRule> now = after.erasure().holds();
        for (String reason : Changes.all(old, now)) {
            String name = "hold " + reason;
            Optional<HoldRule> was = Optional.ofNullable(old.get(reason));
            Optional<HoldRule> is = Optional.ofNullable(now.get(reason));
            Changes about = changes.about(Stream.concat(
                            LawDiff.admitting(before, fields(before, was)), LawDiff.admitting(after, fields(after, is)))
                    .collect(Collectors.toSet()));
            about.sets(name + " keeps", fields(before, was), fields(after, is));
            if (was.isPresent() && is.isPresent()) {
                about.different(
                        Direction.WIDENS,
                        name + " from",
                        was.get().from(),
                        is.get().from());
                about.ordered(
                        name + " for",
                        Changes.compare(is.get().keep(), was.get().keep()),
                        was.get().keep(),
                        is.get().keep());
            }
        }
    }

    private static Set<String> fields(Law law, Optional<HoldRule> hold) {
        return hold.map(one -> Set.copyOf(law.policy().catalogue().names(one.fields())))
                .orElse(Set.of());
    }
}
