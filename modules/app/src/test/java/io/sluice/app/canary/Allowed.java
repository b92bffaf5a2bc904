package io.sluice.app.canary;

import io.sluice.kernel.Agreement;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Role;
import io.sluice.stewardship.policy.Law;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Which personal fields may be found in which sink, computed from the law. */
final class Allowed {

    private static final String PROVIDER = "sandbox-provider";
    private static final String CARRIER = "sandbox-carrier";
    private static final String MERCHANT = "merchant";

    private final Map<Sink, Set<String>> bySink = new EnumMap<>(Sink.class);

    Allowed(Law law) {
        Policy policy = law.policy();
        for (Sink sink : Sink.values()) {
            bySink.put(
                    sink,
                    switch (sink) {
                        case PROVIDER_WIRE, PROVIDER_BOOK -> disclosed(policy, PROVIDER);
                        case CARRIER_WIRE, CARRIER_BOOK -> disclosed(policy, CARRIER);
                        case MERCHANT_WIRE -> disclosed(policy, MERCHANT);
                        case ANSWERS -> told(law);
                        case STAFF -> shownAsTheyAre(law);
                        // nothing else is a receiver in the law: there is nothing personal to be found there
                        case PROBLEMS,
                                LOG,
                                METRICS,
                                LEDGER,
                                STEPS,
                                INBOX,
                                KEPT_ANSWERS,
                                ROWS,
                                DATA_FILES,
                                BACKUP,
                                NODE_FILES -> inClear(policy.catalogue());
                        case HEAP, OFF_HEAP -> Set.of();
                    });
        }
    }

    /** What the contracts of a partner open, as far as its agreement goes. */
    private static Set<String> disclosed(Policy policy, String partner) {
        FieldSet agreed = policy.agreement(partner).map(Agreement::fields).orElse(FieldSet.NONE);
        FieldSet opened = union(policy.contracts().values().stream()
                .filter(contract -> contract.partner().filter(partner::equals).isPresent())
                .map(contract -> contract.request().opens())
                .toList());
        return names(policy.catalogue(), opened.and(agreed));
    }

    /** What an answer within the house opens and gives in full, as far as a customer may see it so. Displays to staff are masked. */
    private static Set<String> told(Law law) {
        FieldSet opened = union(law.policy().contracts().values().stream()
                .filter(contract -> contract.display().isEmpty())
                .map(Contract::reply)
                .map(reply -> reply.opens())
                .toList());
        Set<String> told = names(law.policy().catalogue(), opened);
        told.retainAll(names(
                law.policy().catalogue(),
                Objects.requireNonNull(law.roles().get(Role.CUSTOMER)).plain()));
        return told;
    }

    /** What displays show without a mask. Of what has one, and of what ought to have one, nobody on the staff reads the whole. */
    private static Set<String> shownAsTheyAre(Law law) {
        Policy policy = law.policy();
        FieldSet shown = union(policy.contracts().values().stream()
                .filter(contract -> contract.display().isPresent())
                .map(contract -> contract.reply().opens())
                .toList());
        FieldSet unmasked = FieldSet.of(policy.catalogue().fields(shown).stream()
                .filter(field -> field.level() == Level.P1)
                .filter(field -> !policy.masks().byField().containsKey(field.name()))
                .toList());
        return names(policy.catalogue(), unmasked);
    }

    /** What is personal and yet of a level that rests in clear: none, as long as only P0 does. */
    private static Set<String> inClear(Catalogue catalogue) {
        Set<String> clear = new TreeSet<>();
        catalogue.fields().stream()
                .filter(field -> field.isPersonal() && field.level() == Level.P0)
                .forEach(field -> clear.add(field.name()));
        return clear;
    }

    private static FieldSet union(Collection<FieldSet> sets) {
        return sets.stream().reduce(FieldSet.NONE, FieldSet::or);
    }

    private static Set<String> names(Catalogue catalogue, FieldSet set) {
        return new TreeSet<>(catalogue.names(set));
    }

    boolean isAllowed(String field, Sink sink) {
        return Objects.requireNonNull(bySink.get(sink)).contains(field);
    }
}
