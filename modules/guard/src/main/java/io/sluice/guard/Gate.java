package io.sluice.guard;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Denial;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyKernel;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Question;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Unavailable;
import io.sluice.kernel.Use;
import io.sluice.kernel.Wants;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to one letter between its arrival and its handler: known persons' snapshots, decision, leaf, opening. The
 * order matters: nothing is opened before its leaf is durable, or bound to ride in the handler's one transaction.
 *
 * <p>The law is asked for once per letter, at the moment of its decision, which is the time of its leaf: no letter is decided by
 * half of one version and half of the next, or by one that had been followed by another while persons were being looked up.
 *
 * <p>An answer that the law calls a display to staff is opened like any other, and masked here: its asker never has more.
 *
 * <p>The gate ends in one of three ways: the letter is admitted; it is refused, with a leaf that says why; or the Future
 * fails, because the ledger, the vault or the snapshots cannot be asked. Then nothing is delivered either.
 *
 * <p>Not final: the load tests hold a node beside one whose gate stands open, to say what this one costs.
 */
class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final LawInForce law;
    private final Snapshots snapshots;
    private final UseLedger ledger;
    private final FieldOpener opener;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    private final Counter withheld;
    private final Counter underTwoLaws;
    /** Partners without an agreement, each with the version that lacks it. */
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();

    Gate(
            LawInForce law,
            Snapshots snapshots,
            UseLedger ledger,
            FieldOpener opener,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.law = law;
        this.snapshots = snapshots;
        this.ledger = ledger;
        this.opener = opener;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.meters = meters;
        this.withheld = meters.counter("sluice.guard.withheld");
        this.underTwoLaws = meters.counter("sluice.guard.decisions.under-two-laws");
    }

    /**
     * Admits the letter for this line's address, or refuses it: then the reason is in the letter. An outcome that is a
     * refusal holds no field and passes.
     */
    Future<Letter> pass(Letter letter, Line line) {
        return switch (letter.content()) {
            case Outcome.Refused<Parcel> refused -> {
                letter.refuse(refused);
                yield Future.succeededFuture(letter);
            }
            case Outcome.Done<Parcel> done -> pass(letter, line, done.value());
        };
    }

    private Future<Letter> pass(Letter letter, Line line, Parcel parcel) {
        line.counts().came(parcel.present());
        Wants wanted = line.address().wants(letter.isReply());
        FieldSet personal = wanted.opens().or(wanted.carries()).and(parcel.present());
        boolean tells = line.address().declared().effect() == Declared.Effect.TELLING && !letter.isReply();
        if (personal.isEmpty() && !tells) {
            return decided(letter, line.counts(), parcel, question(letter, wanted, parcel, null, null));
        }
        Parties parties = parcel.parties();
        return Future.join(snapshot(parties.buyer()), snapshot(parties.addressee()))
                .compose(found -> decided(
                        letter,
                        line.counts(),
                        parcel,
                        question(letter, wanted, parcel, found.resultAt(0), found.resultAt(1))));
    }

    private Future<@Nullable SubjectSnapshot> snapshot(@Nullable SubjectId subject) {
        return subject == null
                ? Future.succeededFuture()
                : snapshots.of(subject).map(found -> found.orElse(null));
    }

    private Question question(
            Letter letter,
            Wants wanted,
            Parcel parcel,
            @Nullable SubjectSnapshot buyer,
            @Nullable SubjectSnapshot addressee) {
        return new Question(
                letter.address(),
                letter.isReply(),
                letter.purpose(),
                wanted,
                parcel.present(),
                buyer,
                addressee,
                parcel.parties().addressee() != null,
                parcel.parties().record(),
                Instant.ofEpochMilli(letter.deadlineMillis()),
                clock.instant(),
                nanoTime.getAsLong());
    }

    private Future<Letter> decided(Letter letter, FieldCounts counts, Parcel parcel, Question question) {
        Policy policy = law.at(question.now(), question.nowNanos());
        if (policy.changeover() != null) {
            underTwoLaws.increment();
        }
        return switch (PrivacyKernel.decide(policy, question)) {
            case Denial denial -> refuse(policy, question.now(), letter, parcel.parties(), denial.reason());
            case Permit permit ->
                log(policy, letter, parcel, permit, question.now())
                        .compose(rider -> open(policy, letter, permit, parcel, counts)
                                .transform(opened -> opened.succeeded()
                                        ? admit(
                                                letter,
                                                question.wanted(),
                                                permit,
                                                parcel,
                                                counts,
                                                opened.result(),
                                                rider)
                                        : withheld(
                                                policy,
                                                question.now(),
                                                letter,
                                                parcel,
                                                permit,
                                                rider,
                                                opened.cause())));
        };
    }

    /** The leaf of the use may be durable already: then the leaf of this refusal says that it came to nothing (clause C2). */
    private Future<Letter> withheld(
            Policy policy,
            Instant decidedAt,
            Letter letter,
            Parcel parcel,
            Permit permit,
            @Nullable Rider rider,
            Throwable cause) {
        if (rider == null && isLogged(permit, letter)) {
            withheld.increment();
        }
        return refuse(policy, decidedAt, letter, parcel.parties(), notOpened(cause));
    }

    /** What a person's key store or a lapsed permit keeps closed today may open when it is asked for again; the rest never. */
    static PrivacyRefusal notOpened(Throwable cause) {
        return cause instanceof Unavailable ? PrivacyRefusal.OVERLOADED : PrivacyRefusal.FIELD_NOT_OPENED;
    }

    private Future<Letter> admit(
            Letter letter,
            Wants wanted,
            Permit permit,
            Parcel parcel,
            FieldCounts counts,
            Map<Field<?>, Plain<String>> opened,
            @Nullable Rider rider) {
        counts.delivered(permit.granted().all());
        if (isLogged(permit, letter)) {
            meters.counter("sluice.guard.deliveries", "receiver", receiver(permit.contract(), letter.isReply()))
                    .increment();
        }
        letter.admit(
                new Granted(wanted, permit.granted(), parcel, opened, counts),
                rider,
                () -> permit.isGoodAt(clock.instant(), nanoTime.getAsLong()));
        return Future.succeededFuture(letter);
    }

    /** Refuses with a leaf. The answer waits for the leaf, a few milliseconds; if there is no ledger, the Future fails. */
    private Future<Letter> refuse(Policy policy, Instant now, Letter letter, Parties parties, PrivacyRefusal reason) {
        count(reason);
        Optional<Contract> contract = policy.contract(letter.address());
        if (reason == PrivacyRefusal.AGREEMENT_NOT_VALID) {
            contract.flatMap(Contract::partner).ifPresent(partner -> noAgreement(partner, policy));
        }
        Use use = new Use(
                now,
                parties.buyer(),
                parties.addressee(),
                parties.record(),
                letter.purpose(),
                letter.address(),
                policy.version(),
                contract.map(found -> receiver(found, letter.isReply())).orElse(letter.address()),
                false,
                FieldSet.NONE,
                FieldSet.NONE,
                reason.code(),
                List.of());
        return ledger.append(use).map(durable -> {
            letter.refuse(new Outcome.Refused<>(reason.code(), List.of()));
            return letter;
        });
    }

    /** Every refusal is counted, also of what never comes as far as to be read and logged. */
    void count(PrivacyRefusal reason) {
        meters.counter("sluice.guard.refusals", "reason", reason.code()).increment();
    }

    /** Somebody has to look at it: an agreement is made anew, or the law is changed. Told once under each version. */
    private void noAgreement(String partner, Policy policy) {
        meters.counter("sluice.guard.alerts", "alert", "AGREEMENT_NOT_VALID", "partner", partner)
                .increment();
        if (toldOf.add(partner + " " + policy.version())) {
            LOG.error(
                    "nothing goes to a partner without a valid agreement, orders are held partner={} policy={}",
                    partner,
                    policy.version());
        }
    }

    Future<Letter> refuse(Letter letter, Parties parties, PrivacyRefusal reason) {
        Instant now = clock.instant();
        return refuse(law.at(now, nanoTime.getAsLong()), now, letter, parties, reason);
    }

    private Future<@Nullable Rider> log(Policy policy, Letter letter, Parcel parcel, Permit permit, Instant decidedAt) {
        if (!isLogged(permit, letter)) {
            return Future.succeededFuture();
        }
        Contract contract = permit.contract();
        Use use = new Use(
                decidedAt,
                parcel.parties().buyer(),
                parcel.parties().addressee(),
                parcel.parties().record(),
                contract.purpose(),
                contract.address(),
                policy.version(),
                receiver(contract, letter.isReply()),
                contract.partner().isPresent() && !letter.isReply(),
                permit.granted().opens(),
                permit.granted().carries(),
                Use.PERMIT,
                permit.standings(decidedAt));
        boolean rides = contract.logging() == Contract.Logging.RIDES && !letter.isReply();
        return rides
                ? Future.succeededFuture(ledger.rider(use))
                : ledger.append(use).mapEmpty();
    }

    private Future<Map<Field<?>, Plain<String>>> open(
            Policy policy, Letter letter, Permit permit, Parcel parcel, FieldCounts counts) {
        FieldSet opens = permit.granted().opens();
        if (opens.isEmpty()) {
            // no key to the vault is needed; but the leaf took its time, and the permit may have lapsed meanwhile
            return permit.redeem(clock.instant(), nanoTime.getAsLong())
                    ? Future.succeededFuture(Map.of())
                    : Future.failedFuture(new Unavailable("permit"));
        }
        Parties parties = parcel.parties();
        UUID record = parties.record();
        List<FieldOpener.Item> items = new ArrayList<>(opens.size());
        for (Field<String> field : personalFields(policy, opens)) {
            SubjectId owner = parties.owner(field.owner());
            if (owner == null || record == null || !(parcel.slot(field.id()) instanceof Sealed sealed)) {
                return Future.failedFuture(new IllegalStateException(field + " has no owner, record or ciphertext"));
            }
            items.add(new FieldOpener.Item(owner, field, record, sealed));
        }
        boolean isDisplay = letter.isReply() && permit.contract().display().isPresent();
        return opener.open(permit, items).map(values -> {
            Map<Field<?>, Plain<String>> opened = new HashMap<>();
            for (int i = 0; i < items.size(); i++) {
                Field<String> field = items.get(i).field();
                Plain<String> whole = values.get(i);
                // what staff look at is masked before anybody has it (clause B7)
                opened.put(field, counts.watch(field, isDisplay ? policy.masks().shown(field, whole) : whole));
            }
            return opened;
        });
    }

    @SuppressWarnings("unchecked") // only personal fields can be granted for opening, and these are texts
    private static List<Field<String>> personalFields(Policy policy, FieldSet set) {
        List<Field<String>> fields = new ArrayList<>(set.size());
        for (long rest = set.bits(); rest != 0; rest &= rest - 1) {
            policy.catalogue()
                    .withId(Long.numberOfTrailingZeros(rest))
                    .ifPresent(field -> fields.add((Field<String>) field));
        }
        return fields;
    }

    /** Whether it is a use: of a personal field, or by telling of somebody. */
    private static boolean isLogged(Permit permit, Letter letter) {
        return permit.contract().tells(letter.isReply())
                || !permit.granted().opens().or(permit.granted().carries()).isEmpty();
    }

    private static String receiver(Contract contract, boolean isReply) {
        return isReply ? contract.address() + "#reply" : contract.partner().orElse(contract.address());
    }
}
