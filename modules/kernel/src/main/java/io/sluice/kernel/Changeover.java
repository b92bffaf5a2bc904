package io.sluice.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The moment at which one version of the law follows another, for as long as no clock tells exactly whether it has come (clause
 * E2). Both are kept: what both grant is granted, and what either refuses is refused.
 *
 * @param isTimed false if it is not even known how near the moment is: then nothing is granted at all
 */
public record Changeover(Policy earlier, Policy later, boolean isTimed) {

    /** Stands between the names of the two versions in the name of what they make together; no version's name holds it. */
    public static final String AND = "+";

    /**
     * What two versions make together. It is named after both, the earlier one first, and that is how leaves name it. It grants what
     * is common to both versions' contracts and agreements, and shows of a field what both show.
     */
    public static Policy between(Policy earlier, Policy later, boolean isTimed) {
        Map<String, Contract> contracts = new HashMap<>(later.contracts());
        contracts.replaceAll(
                (address, contract) -> common(contract, earlier.contracts().get(address)));
        earlier.contracts().forEach((address, contract) -> contracts.putIfAbsent(address, common(contract, null)));
        return new Policy(
                earlier.version() + AND + later.version(),
                earlier.announcedAt(),
                earlier.effectiveAt(),
                later.catalogue(),
                contracts,
                agreements(earlier, later),
                earlier.masks().and(later.masks()),
                Map.of(), // each of the two says so for itself
                new Changeover(earlier, later, isTimed),
                null);
    }

    private static Contract common(Contract one, @Nullable Contract other) {
        return new Contract(
                one.address(),
                one.purpose(),
                other == null ? Wants.NOTHING : one.request().and(other.request()),
                other == null ? Wants.NOTHING : one.reply().and(other.reply()),
                logging(one, other),
                one.partner(),
                display(one, other));
    }

    /** The stricter of the two: what tells of somebody under one of them does so, and only what rides under both rides. */
    private static Contract.Logging logging(Contract one, @Nullable Contract other) {
        if (other == null || one.logging() == other.logging()) {
            return other == null && one.logging() == Contract.Logging.RIDES ? Contract.Logging.BEFORE : one.logging();
        }
        boolean oneTells = one.tells(false) || other.tells(false);
        return oneTells && one.partner().isPresent() ? Contract.Logging.ALWAYS : Contract.Logging.BEFORE;
    }

    /** What is masked under one of the two is masked under both, and is shown to whom both show it. */
    private static Optional<Display> display(Contract one, @Nullable Contract other) {
        Optional<Display> others = other == null ? Optional.empty() : other.display();
        if (one.display().isEmpty() && others.isEmpty()) {
            return Optional.empty();
        }
        Set<Role> roles = new HashSet<>(one.shownTo());
        roles.retainAll(others.map(Display::shownTo).orElse(Set.of()));
        return Optional.of(new Display(roles));
    }

    private static Map<String, Agreement> agreements(Policy earlier, Policy later) {
        Map<String, Agreement> common = new HashMap<>(earlier.agreements());
        common.keySet().retainAll(later.agreements().keySet());
        common.replaceAll((partner, agreement) ->
                common(agreement, Objects.requireNonNull(later.agreements().get(partner))));
        return common;
    }

    private static Agreement common(Agreement one, Agreement other) {
        Set<Purpose> purposes = new HashSet<>(one.purposes());
        purposes.retainAll(other.purposes());
        return new Agreement(
                one.partner(),
                one.fields().and(other.fields()),
                purposes,
                one.region(),
                one.validFrom().isAfter(other.validFrom()) ? one.validFrom() : other.validFrom(),
                one.validUntil().isBefore(other.validUntil()) ? one.validUntil() : other.validUntil());
    }

    /**
     * Whether the two can be kept at once at an address: there it is, to the same receiver and for the same purpose under both,
     * and the moment is known.
     */
    boolean canBothBeKept(String address) {
        Contract before = earlier.contracts().get(address);
        Contract after = later.contracts().get(address);
        return isTimed
                && before != null
                && after != null
                && before.purpose() == after.purpose()
                && before.partner().equals(after.partner());
    }
}
