package io.sluice.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds the law and the code against each other. Any finding stops the start: a law that the code does not keep, or code
 * that the law does not cover, never runs.
 */
public final class PolicyCheck {

    private final Policy policy;
    private final List<Policy> later;
    private final List<String> findings = new ArrayList<>();

    private PolicyCheck(Policy policy, List<Policy> later) {
        this.policy = policy;
        this.later = later;
    }

    /** Every finding, with handler, field and rule named; empty if law and code agree. */
    public static List<String> findings(Policy policy, Collection<Declared> code, Instant now) {
        return findings(policy, List.of(), code, now);
    }

    /**
     * The same for a version that others will follow. The code may be ahead of it: an address or a field that a later version
     * grants is no finding, for until then it is refused; neither is a contract whose address the code has given up, if a later
     * version has given it up too.
     *
     * @param later versions announced to follow this one
     */
    public static List<String> findings(Policy policy, List<Policy> later, Collection<Declared> code, Instant now) {
        PolicyCheck check = new PolicyCheck(policy, later);
        check.addresses(code);
        code.stream().flatMap(declared -> check.asFarAsDue(declared).stream()).forEach(check::handler);
        policy.contracts().values().forEach(contract -> check.contract(contract, now));
        return List.copyOf(check.findings);
    }

    private void addresses(Collection<Declared> code) {
        Map<String, Long> counts =
                code.stream().collect(Collectors.groupingBy(Declared::address, Collectors.counting()));
        counts.forEach((address, count) -> {
            if (count > 1) {
                findings.add(address + ": declared " + count + " times in the code");
            }
        });
        for (String address : new TreeSet<>(policy.contracts().keySet())) {
            boolean isGivenUp =
                    later.stream().anyMatch(version -> !version.contracts().containsKey(address));
            if (!counts.containsKey(address) && !isGivenUp) {
                findings.add(address + ": the law has a contract for it, the code has no such address");
            }
        }
    }

    /** What keeps one handler from being served under a law; empty if nothing does. */
    public static List<String> objections(Policy policy, Declared declared) {
        PolicyCheck check = new PolicyCheck(policy, List.of());
        check.handler(declared);
        return List.copyOf(check.findings);
    }

    /** What the code declares, without what only a later version grants; empty if that is all of it. */
    private Optional<Declared> asFarAsDue(Declared declared) {
        Contract contract = policy.contracts().get(declared.address());
        Wants request = declared.request();
        Wants reply = declared.reply();
        for (Policy version : later) {
            Contract toCome = version.contracts().get(declared.address());
            if (toCome != null && contract == null) {
                return Optional.empty();
            }
            if (toCome != null && contract != null) {
                request = request.without(toCome.request().without(contract.request()));
                reply = reply.without(toCome.reply().without(contract.reply()));
            }
        }
        return Optional.of(new Declared(
                declared.address(), declared.purpose(), request, reply, declared.effect(), declared.shownTo()));
    }

    private void handler(Declared declared) {
        Contract contract = policy.contracts().get(declared.address());
        if (contract == null) {
            findings.add(declared.address() + ": has no contract in the law");
            return;
        }
        if (contract.purpose() != declared.purpose()) {
            findings.add(
                    declared.address() + ": works for " + declared.purpose().id() + ", its contract is for "
                            + contract.purpose().id());
        }
        beyond(declared.address(), "", declared.request(), contract.request());
        beyond(declared.address(), " in its answer", declared.reply(), contract.reply());
        effect(declared, contract);
        display(declared, contract);
    }

    /** Not even a version to come excuses these: the guard asks no reader for a role, and masks by the law in force alone. */
    private void display(Declared declared, Contract contract) {
        if (declared.shownTo().isEmpty() && contract.display().isPresent()) {
            findings.add(declared.address() + ": takes its answer in full, and its contract shows it masked");
        }
        if (!declared.shownTo().isEmpty() && contract.display().isEmpty()) {
            findings.add(declared.address() + ": is a display, and its contract gives the answer in full");
            return;
        }
        Set<String> surplus = declared.shownTo().stream()
                .filter(role -> !contract.shownTo().contains(role))
                .map(Role::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!surplus.isEmpty()) {
            findings.add(declared.address() + ": is shown to " + surplus + ", which its contract does not allow");
        }
    }

    private void effect(Declared declared, Contract contract) {
        boolean isOutside = declared.effect().isOutside();
        if (isOutside && contract.partner().isEmpty()) {
            findings.add(declared.address() + ": goes outside, and its contract names no partner");
        }
        if (!isOutside && contract.partner().isPresent()) {
            findings.add(declared.address() + ": stays inside, and its contract names partner "
                    + contract.partner().get());
        }
        boolean tells = declared.effect() == Declared.Effect.TELLING;
        if (tells && contract.logging() != Contract.Logging.ALWAYS) {
            findings.add(declared.address() + ": tells of persons, and its contract does not always log it");
        }
        if (!tells && contract.logging() == Contract.Logging.ALWAYS) {
            findings.add(declared.address() + ": is always logged by contract, and the code does not tell of persons");
        }
        if (contract.logging() == Contract.Logging.RIDES && declared.effect() != Declared.Effect.ONE_TRANSACTION) {
            findings.add(declared.address() + ": its leaf rides by contract, and the code commits none");
        }
    }

    private void beyond(String address, String where, Wants wanted, Wants allowed) {
        beyond(address, "reads" + where, wanted.reads(), allowed.reads());
        beyond(address, "opens" + where, wanted.opens(), allowed.opens());
        beyond(address, "carries" + where, wanted.carries(), allowed.carries());
    }

    private void beyond(String address, String how, FieldSet wanted, FieldSet allowed) {
        FieldSet surplus = wanted.without(allowed);
        if (!surplus.isEmpty()) {
            findings.add(address + ": " + how + " " + policy.catalogue().names(surplus)
                    + ", which its contract does not allow");
        }
    }

    private void contract(Contract contract, Instant now) {
        FieldSet personal = policy.catalogue().personal();
        for (Wants side : List.of(contract.request(), contract.reply())) {
            if (!side.reads().and(personal).isEmpty()) {
                findings.add(contract.address() + ": reads "
                        + names(side.reads().and(personal)) + " in clear; personal fields are opened or carried");
            }
            FieldSet operational = side.opens().or(side.carries()).without(personal);
            if (!operational.isEmpty()) {
                findings.add(contract.address() + ": opens or carries " + names(operational)
                        + ", which are operational fields and only read");
            }
        }
        contract.partner().ifPresent(partner -> agreement(contract, partner, now));
    }

    private void agreement(Contract contract, String partner, Instant now) {
        Agreement agreement = policy.agreements().get(partner);
        if (agreement == null) {
            findings.add(contract.address() + ": partner " + partner + " has no agreement");
            return;
        }
        if (!agreement.isValidAt(now)) {
            findings.add(contract.address() + ": the agreement with " + partner + " is not valid now");
        }
        if (!agreement.purposes().contains(contract.purpose())) {
            findings.add(contract.address() + ": the agreement with " + partner + " does not cover purpose "
                    + contract.purpose().id());
        }
        FieldSet surplus =
                contract.request().opens().or(contract.request().carries()).without(agreement.fields());
        if (!surplus.isEmpty()) {
            findings.add(contract.address() + ": gives " + names(surplus) + " to " + partner
                    + ", which the agreement does not name");
        }
    }

    private List<String> names(FieldSet fields) {
        return policy.catalogue().names(fields);
    }
}
