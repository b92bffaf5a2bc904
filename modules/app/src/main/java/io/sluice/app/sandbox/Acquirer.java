package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Operation.Kind;
import io.sluice.app.sandbox.Operation.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the provider knows and decides: pure, in memory, for one thread. Every decision is an {@link Operation}; having
 * applied the same operations in the same order, two acquirers know the same, which is how the book brings one back.
 */
final class Acquirer {

    /** An operation as it was first answered, as it stands now, and what was since taken from it. */
    static final class Standing {
        private final Operation first;
        private Operation now;
        /** Of an authorisation: captured; of a capture: refunded. */
        private long taken;
        /** Of an authorisation: voided, or released by a final capture. */
        private long released;
        /** Of a capture: a bank has taken it back, for a while at least. */
        private boolean isDisputed;
        /** What works on it. */
        private List<Standing> onward = List.of();

        private Standing(Operation first) {
            this.first = first;
            this.now = first;
        }

        Operation first() {
            return first;
        }

        Operation now() {
            return now;
        }

        /** What works on it, of that kind. */
        Stream<Standing> onward(Kind kind) {
            return onward.stream().filter(one -> one.first.kind() == kind);
        }

        /** The same, of which the first word was a success. */
        Stream<Standing> done(Kind kind) {
            return onward(kind).filter(one -> one.first.succeeded());
        }

        long taken() {
            return taken;
        }

        long left() {
            return now.succeeded() ? now.amount() - taken - released : 0;
        }
    }

    private final Supplier<UUID> ids;
    private final SandboxFaults faults;
    private final Map<String, Standing> byKey = new HashMap<>();
    private final Map<String, Standing> byId = new HashMap<>();
    private final Map<String, Standing> byChallenge = new HashMap<>();
    /** The shop's words for what was authorised with a method that is declined the second time. */
    private final Set<String> seen = new HashSet<>();

    /** @param ids makes unique, unguessable ids */
    Acquirer(Supplier<UUID> ids, SandboxFaults faults) {
        this.ids = ids;
        this.faults = faults;
    }

    @Nullable Standing byKey(String key) {
        return byKey.get(key);
    }

    @Nullable Standing byChallenge(String challenge) {
        return byChallenge.get(challenge);
    }

    /** The operation of that id and kind, which others can refer to. */
    @Nullable Standing byId(String id, Kind kind) {
        Standing found = byId.get(id);
        return found != null && found.now.kind() == kind ? found : null;
    }

    int size() {
        return byId.size();
    }

    Operation authorise(String key, long amount, String currency, String method, String reference) {
        String id = "au_" + ids.get();
        long held = amount > 1 && faults.strikes(Fault.MISMATCH, key) ? amount - 1 : amount;
        return switch (mind(MagicMethod.of(method), key, reference)) {
            case DECLINED ->
                new Operation(
                        id,
                        Kind.AUTHORISATION,
                        Status.DECLINED,
                        amount,
                        currency,
                        reference,
                        key,
                        null,
                        method,
                        false,
                        "card_declined",
                        null);
            case THREE_D_SECURE ->
                new Operation(
                        id,
                        Kind.AUTHORISATION,
                        Status.REQUIRES_ACTION,
                        held,
                        currency,
                        reference,
                        key,
                        null,
                        method,
                        false,
                        null,
                        "ch_" + ids.get());
            default ->
                new Operation(
                        id,
                        Kind.AUTHORISATION,
                        Status.SUCCEEDED,
                        held,
                        currency,
                        reference,
                        key,
                        null,
                        method,
                        false,
                        null,
                        null);
        };
    }

    /** What the buyer's bank makes of it: what the method says, or, if that works, what a fault says. */
    private MagicMethod mind(MagicMethod method, String key, String reference) {
        if (method == MagicMethod.DECLINED_AGAIN) {
            return seen.add(reference) ? method : MagicMethod.DECLINED;
        }
        if (method != MagicMethod.VISA && method != MagicMethod.MASTERCARD) {
            return method;
        }
        if (faults.strikes(Fault.DECLINE, key)) {
            return MagicMethod.DECLINED;
        }
        return faults.strikes(Fault.CHALLENGE, key) ? MagicMethod.THREE_D_SECURE : method;
    }

    /** The customer's answer to the bank; only for an authorisation that awaits one. */
    Operation answerChallenge(Standing asked, boolean success) {
        return asked.now.ended(success ? Status.SUCCEEDED : Status.DECLINED, success ? null : "authentication_failed");
    }

    Operation capture(Standing authorisation, String key, long amount, boolean isFinal) {
        String refusal = authorisation.left() == 0
                ? nothingLeft(authorisation)
                : amount > authorisation.left()
                        ? "amount_too_large"
                        : fails(authorisation, MagicMethod.CAPTURE_FAILS, Fault.CAPTURE_FAILS, key)
                                ? "capture_failed"
                                : null;
        return onward("cp_", Kind.CAPTURE, authorisation, key, amount, isFinal, refusal);
    }

    /** @param amount null for all that is left */
    Operation release(Standing authorisation, String key, @Nullable Long amount) {
        boolean awaitsCustomer = authorisation.now.status() == Status.REQUIRES_ACTION;
        long left = awaitsCustomer ? authorisation.now.amount() : authorisation.left();
        long wanted = amount == null ? left : amount;
        String refusal = left == 0 ? nothingLeft(authorisation) : wanted > left ? "amount_too_large" : null;
        return onward("vd_", Kind.VOID, authorisation, key, wanted, false, refusal);
    }

    Operation refund(Standing capture, String key, long amount) {
        Standing authorisation = byId.get(capture.now.of());
        String refusal = capture.left() == 0
                ? "nothing_left"
                : amount > capture.left()
                        ? "amount_too_large"
                        : fails(authorisation, MagicMethod.REFUND_FAILS, Fault.REFUND_FAILS, key)
                                ? "refund_failed"
                                : null;
        return onward("rf_", Kind.REFUND, capture, key, amount, false, refusal);
    }

    private static String nothingLeft(Standing from) {
        return from.now.status() == Status.EXPIRED ? "authorisation_expired" : "nothing_left";
    }

    /** What has become of an authorisation by the end of its time: nothing if it was used or let go. */
    @Nullable Operation expired(String authorisation) {
        Standing standing = byId(authorisation, Kind.AUTHORISATION);
        return standing == null || standing.left() == 0
                ? null
                : standing.now.ended(Status.EXPIRED, "authorisation_expired");
    }

    /** Whether anything may come after that operation by itself, as its method has it. */
    boolean hasSequel(Operation operation) {
        return sequel(operation.id()) != null;
    }

    /** What comes after an operation by itself, if anything: it fails late, a bank disputes it, a dispute comes to its end. */
    @Nullable Operation sequel(String id) {
        Standing standing = Objects.requireNonNull(byId.get(id), "nothing comes after what never was");
        Operation now = standing.now;
        MagicMethod magic = magicOf(now);
        boolean failsLate = switch (now.kind()) {
            // at Stripe a card's capture stands; a bank disputes it
            case CAPTURE ->
                now.metadata() == null
                        && (magic == MagicMethod.CAPTURE_FAILS_LATE
                                || faults.strikes(Fault.CAPTURE_FAILS_LATE, now.key()));
            case REFUND -> magic == MagicMethod.REFUND_FAILS_LATE || faults.strikes(Fault.REFUND_FAILS_LATE, now.key());
            case AUTHORISATION, VOID, CHARGEBACK -> false;
        };
        if (failsLate && now.succeeded()) {
            return now.ended(Status.REVERSED, "failed_late");
        }
        boolean isDisputed = magic == MagicMethod.DISPUTED
                || magic == MagicMethod.DISPUTE_WON
                || magic == MagicMethod.DISPUTE_LOST
                || faults.strikes(Fault.DISPUTE, now.key());
        if (isDisputed && now.kind() == Kind.CAPTURE && standing.left() > 0 && !standing.isDisputed) {
            return new Operation(
                            "cb_" + ids.get(),
                            Kind.CHARGEBACK,
                            Status.OPENED,
                            standing.left(),
                            now.currency(),
                            now.reference(),
                            now.key(),
                            now.id(),
                            null,
                            false,
                            "fraudulent",
                            null)
                    .noting(now.metadata());
        }
        boolean isWon = magic == MagicMethod.DISPUTE_WON || faults.strikes(Fault.DISPUTE_WON, now.key());
        boolean isOver = isWon || magic == MagicMethod.DISPUTE_LOST;
        return now.status() == Status.OPENED && isOver ? now.ended(isWon ? Status.WON : Status.LOST, null) : null;
    }

    /** The magic of the authorisation that an operation goes back to. */
    private MagicMethod magicOf(Operation operation) {
        Operation root = operation;
        while (root.of() != null) {
            root = Objects.requireNonNull(byId.get(root.of()), "of nothing").now;
        }
        return MagicMethod.of(root.method());
    }

    private Operation onward(
            String prefix,
            Kind kind,
            Standing from,
            String key,
            long amount,
            boolean isFinal,
            @Nullable String refusal) {
        return new Operation(
                prefix + ids.get(),
                kind,
                refusal == null ? Status.SUCCEEDED : Status.FAILED,
                amount,
                from.now.currency(),
                from.now.reference(),
                key,
                from.now.id(),
                null,
                isFinal,
                refusal,
                null);
    }

    private boolean fails(@Nullable Standing authorisation, MagicMethod method, Fault fault, String key) {
        boolean isMagic = authorisation != null && MagicMethod.of(authorisation.now.method()) == method;
        return isMagic || faults.strikes(fault, key);
    }

    /** Takes a decision into account, whether just made or read from the book. */
    void apply(Operation operation) {
        Standing known = byId.get(operation.id());
        Standing from = operation.of() == null ? null : byId.get(operation.of());
        if (known != null) {
            if (from != null && (operation.status() == Status.WON || isUndone(operation))) {
                from.taken -= operation.amount();
            }
            known.now = operation;
            return;
        }
        Standing standing = new Standing(operation);
        byId.put(operation.id(), standing);
        if (from != null) {
            if (from.onward.isEmpty()) {
                from.onward = new ArrayList<>(1);
            }
            from.onward.add(standing);
        }
        if (operation.kind() != Kind.CHARGEBACK) { // nobody asked for it under a key
            byKey.put(operation.key(), standing);
        }
        if (operation.kind() == Kind.AUTHORISATION && magicOf(operation) == MagicMethod.DECLINED_AGAIN) {
            seen.add(operation.reference());
        }
        if (operation.challenge() != null) {
            byChallenge.put(operation.challenge(), standing);
        }
        if (from != null && (operation.succeeded() || operation.kind() == Kind.CHARGEBACK)) {
            move(from, operation);
        }
    }

    /** A capture that was undone has used its authorisation up all the same. */
    private static boolean isUndone(Operation operation) {
        return operation.status() == Status.REVERSED && operation.kind() == Kind.REFUND;
    }

    private static void move(Standing from, Operation operation) {
        switch (operation.kind()) {
            case CAPTURE -> {
                from.taken += operation.amount();
                if (operation.isFinal()) {
                    from.released += from.left();
                }
            }
            case REFUND -> from.taken += operation.amount();
            case CHARGEBACK -> {
                from.taken += operation.amount();
                from.isDisputed = true;
            }
            case VOID -> {
                if (from.now.status() == Status.REQUIRES_ACTION) {
                    from.now = from.now.ended(Status.DECLINED, "voided");
                } else {
                    from.released += operation.amount();
                }
            }
            case AUTHORISATION -> throw new IllegalStateException("an authorisation is of nothing else");
        }
    }
}
