package io.sluice.stewardship.policy;

import io.sluice.kernel.Agreement;
import io.sluice.kernel.Contract;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Use;
import io.sluice.kernel.Wants;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a version to come would have meant for what was really done (clause E3): of each field that was delivered, how often it
 * would have been refused, cut away, or needed a consent that was not asked for; how often a field that it newly grants would have
 * gone along; and how many refusals it would have lifted. It is told of one message after the other and keeps only sums.
 */
public final class LawImpact {

    /** What would have become of it. */
    public enum Fate {
        /** Delivered as it was. */
        KEPT,
        /** Not delivered; the rest of its message would have been. */
        CUT,
        /** Not delivered, and nothing with it. */
        REFUSED,
        /** Delivered only to those who would have been asked and said yes. */
        ASKED,
        /** A field that was not delivered, in a message that could have had it. */
        WIDENED,
        /** A message that was refused, for a reason that is none any more. */
        LIFTED
    }

    /**
     * What one sum is about.
     *
     * @param contract the address, with {@code #reply} for its answer
     * @param field empty for a message as a whole
     * @param how {@code opens} or {@code carries}; empty for a message as a whole
     * @param partner empty if it stays inside
     */
    public record Line(String contract, String purpose, String partner, String field, String how, Fate fate)
            implements Comparable<Line> {

        @Override
        public int compareTo(Line other) {
            return key().compareTo(other.key());
        }

        private String key() {
            return String.join("\n", contract, field, how, purpose, partner, String.valueOf(fate.ordinal()));
        }
    }

    private final Law before;
    private final Law after;
    private final Set<Purpose> askedAnew;
    private final Map<Line, Long> sums = new TreeMap<>();

    public LawImpact(Law before, Law after) {
        this.before = before;
        this.after = after;
        this.askedAnew = LawDiff.renewals(before, after);
    }

    /** Takes a message into account. */
    public void add(LoggedUse use) {
        Optional<PrivacyRefusal> refusal = refusal(use);
        if (!use.decision().equals(Use.PERMIT)) {
            if (wasRefusedByLaw(use) && refusal.isEmpty()) {
                count(use, "", "", Fate.LIFTED);
            }
            return;
        }
        fields(use, "opens", use.opened(), Wants::opens, refusal.isPresent());
        fields(use, "carries", use.carried(), Wants::carries, refusal.isPresent());
    }

    /** How often, line by line. */
    public Map<Line, Long> sums() {
        return Map.copyOf(sums);
    }

    /** How often in all, by one property of the lines and by fate. */
    public Map<String, Map<Fate, Long>> by(Function<Line, String> property) {
        Map<String, Map<Fate, Long>> totals = new TreeMap<>();
        sums.forEach((line, count) -> totals.computeIfAbsent(property.apply(line), first -> new TreeMap<>())
                .merge(line.fate(), count, Long::sum));
        return totals;
    }

    private void fields(
            LoggedUse use, String how, Set<String> delivered, Function<Wants, FieldSet> list, boolean isRefused) {
        Set<String> now = granted(after, use, list);
        Fate fate = isRefused ? Fate.REFUSED : needsNewConsent(use) ? Fate.ASKED : Fate.KEPT;
        for (String field : delivered) {
            count(use, field, how, fate == Fate.REFUSED || now.contains(field) ? fate : Fate.CUT);
        }
        if (!isRefused) {
            Set<String> more = new HashSet<>(now);
            more.removeAll(granted(before, use, list));
            more.removeAll(delivered);
            more.forEach(field -> count(use, field, how, Fate.WIDENED));
        }
    }

    private static Set<String> granted(Law law, LoggedUse use, Function<Wants, FieldSet> list) {
        return law.policy()
                .contract(use.contract())
                .map(contract -> names(law, list.apply(contract.side(use.isReply()))))
                .orElse(Set.of());
    }

    private static Set<String> names(Law law, FieldSet fields) {
        return Set.copyOf(law.policy().catalogue().names(fields));
    }

    private static boolean wasRefusedByLaw(LoggedUse use) {
        return use.decision().equals(PrivacyRefusal.NO_CONTRACT.code())
                || use.decision().equals(PrivacyRefusal.PURPOSE_MISMATCH.code())
                || use.decision().equals(PrivacyRefusal.AGREEMENT_NOT_VALID.code());
    }

    /** Why the version to come would have refused the message, as far as that is for the law alone to say. */
    private Optional<PrivacyRefusal> refusal(LoggedUse use) {
        Optional<Contract> contract = after.policy().contract(use.contract());
        if (contract.isEmpty()) {
            return Optional.of(PrivacyRefusal.NO_CONTRACT);
        }
        if (!contract.get().purpose().id().equals(use.purpose())) {
            return Optional.of(PrivacyRefusal.PURPOSE_MISMATCH);
        }
        Optional<String> partner =
                use.isReply() ? Optional.empty() : contract.get().partner();
        boolean isCovered = partner.isEmpty()
                || after.policy()
                        .agreement(partner.get())
                        .filter(found -> covers(found, contract.get(), use))
                        .isPresent();
        return isCovered ? Optional.empty() : Optional.of(PrivacyRefusal.AGREEMENT_NOT_VALID);
    }

    /** A message that went to one partner was not one that goes to another. */
    private boolean covers(Agreement agreement, Contract contract, LoggedUse use) {
        Set<String> going = new HashSet<>(use.opened());
        going.addAll(use.carried());
        going.retainAll(
                names(after, contract.request().opens().or(contract.request().carries())));
        return (!use.isDisclosure() || agreement.partner().equals(use.receiver()))
                && agreement.isValidAt(after.policy().effectiveAt())
                && agreement.purposes().contains(contract.purpose())
                && names(after, agreement.fields()).containsAll(going);
    }

    /** Where the ground becomes the person's consent, or more is to be done on that ground, everybody is asked anew. */
    private boolean needsNewConsent(LoggedUse use) {
        return Purpose.of(use.purpose()).filter(askedAnew::contains).isPresent();
    }

    private void count(LoggedUse use, String field, String how, Fate fate) {
        String contract = use.contract() + (use.isReply() ? "#reply" : "");
        String partner = use.isDisclosure() ? use.receiver() : "";
        sums.merge(new Line(contract, use.purpose(), partner, field, how, fate), 1L, Long::sum);
    }
}
