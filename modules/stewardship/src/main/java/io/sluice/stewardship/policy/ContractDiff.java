package io.sluice.stewardship.policy;

import io.sluice.kernel.Contract;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Role;
import io.sluice.kernel.Wants;
import io.sluice.stewardship.policy.LawDiff.Direction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one version of the law changes of another in contracts. What is given in full and is shown masked afterwards is told as
 * both: one list that lost a field, and one that gained it, for others look at it now.
 */
final class ContractDiff {

    private final Law before;
    private final Law after;
    private final Changes changes;

    ContractDiff(Law before, Law after, Changes changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
    }

    void contracts() {
        Map<String, Contract> old = before.policy().contracts();
        Map<String, Contract> now = after.policy().contracts();
        for (String address : Changes.all(old, now)) {
            String name = "contract " + address;
            Optional<Contract> was = Optional.ofNullable(old.get(address));
            Optional<Contract> is = Optional.ofNullable(now.get(address));
            Changes about = changes.about(Stream.concat(was.stream(), is.stream())
                    .map(Contract::purpose)
                    .collect(Collectors.toSet()));
            side(about, name, was, is, false);
            side(about, name + " answer", was, is, true);
            about.sets(name + " answer shown to", shownTo(was), shownTo(is));
            if (was.isPresent() && is.isPresent()) {
                about.different(
                        Direction.WIDENS,
                        name + " purpose",
                        was.get().purpose().id(),
                        is.get().purpose().id());
                about.different(
                        Direction.WIDENS,
                        name + " partner",
                        LawDiff.text(was.get().partner()),
                        LawDiff.text(is.get().partner()));
                changes.different(
                        Direction.CHANGES,
                        name + " log",
                        was.get().logging(),
                        is.get().logging());
            } else {
                changes.add(
                        Direction.CHANGES, name, was.isPresent() ? "there" : "none", is.isPresent() ? "there" : "none");
            }
        }
    }

    private void side(Changes about, String name, Optional<Contract> was, Optional<Contract> is, boolean isReply) {
        about.sets(name + " opens", given(before, was, isReply, false), given(after, is, isReply, false));
        about.sets(name + " shows", given(before, was, isReply, true), given(after, is, isReply, true));
        about.sets(
                name + " carries",
                granted(before, was, isReply, Wants::carries),
                granted(after, is, isReply, Wants::carries));
        if (was.isPresent() && is.isPresent()) {
            changes.different(
                    Direction.CHANGES,
                    name + " reads",
                    new TreeSet<>(granted(before, was, isReply, Wants::reads)),
                    new TreeSet<>(granted(after, is, isReply, Wants::reads)));
        }
    }

    private static Set<String> granted(
            Law law, Optional<Contract> contract, boolean isReply, Function<Wants, FieldSet> which) {
        return contract.map(one -> LawDiff.names(law, which.apply(one.side(isReply))))
                .orElse(Set.of());
    }

    /** What is opened there and reaches its receiver masked, or in full. */
    private static Set<String> given(Law law, Optional<Contract> contract, boolean isReply, boolean isMasked) {
        boolean isDisplay = isReply && contract.flatMap(Contract::display).isPresent();
        return isDisplay == isMasked ? granted(law, contract, isReply, Wants::opens) : Set.of();
    }

    private static Set<String> shownTo(Optional<Contract> contract) {
        return contract.stream()
                .flatMap(one -> one.shownTo().stream())
                .map(Role::id)
                .collect(Collectors.toSet());
    }
}
