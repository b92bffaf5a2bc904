package io.sluice.stewardship.consent;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What is done with persons: introduced, asked, heard, appointed, forgotten. */
final class Subjects {

    private final Vertx vertx;
    private final Supplier<Law> law;
    private final GroupCommit<SubjectChange, Outcome<SubjectRow>> commits;
    private final SubjectRows rows;
    private final LeasedSnapshots snapshots;
    private final OpenAffairs affairs;
    private final SubjectSettings settings;
    private final Ids ids;
    private final InstantSource clock;
    private final MeterRegistry meters;

    Subjects(
            Vertx vertx,
            Supplier<Law> law,
            GroupCommit<SubjectChange, Outcome<SubjectRow>> commits,
            SubjectRows rows,
            LeasedSnapshots snapshots,
            OpenAffairs affairs,
            SubjectSettings settings,
            Ids ids,
            InstantSource clock,
            MeterRegistry meters) {
        this.vertx = vertx;
        this.law = law;
        this.commits = commits;
        this.rows = rows;
        this.snapshots = snapshots;
        this.affairs = affairs;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    Future<Outcome<Parcel>> introduce(Delivery<Persons.Newcomer> delivery) {
        Persons.Introduce said = delivery.view().said();
        Law inForce = law.get();
        return person(
                delivery.parties(),
                subject -> decided(
                        Wishes.ofNewcomer(inForce, said.policyVersion(), said.wishes()),
                        records -> introduced(new SubjectChange.Introduce(
                                subject,
                                SubjectChange.Kind.ACCOUNT,
                                delivery.view().region(),
                                Role.CUSTOMER.mask(),
                                entry(records, version(inForce, said), said.channel())))));
    }

    Future<Outcome<Parcel>> introduceRecipient(Delivery<Persons.Recipient> delivery) {
        Law inForce = law.get();
        return person(
                delivery.parties(),
                subject -> introduced(new SubjectChange.Introduce(
                        subject,
                        SubjectChange.Kind.RECIPIENT,
                        delivery.view().region(),
                        0,
                        entry(
                                Wishes.ofRecipient(inForce),
                                inForce.version(),
                                delivery.view().channel()))));
    }

    /** Introducing takes nothing away, so nothing is waited for. */
    private Future<Outcome<Parcel>> introduced(SubjectChange.Introduce newcomer) {
        return commit(newcomer)
                .map(outcome -> outcome.map(row -> Parcel.plain().with(StewardshipFields.REGION, row.region())));
    }

    Future<Outcome<Parcel>> decide(Delivery<Persons.Introduce> delivery) {
        Persons.Introduce said = delivery.view();
        Law inForce = law.get();
        return person(
                delivery.parties(),
                subject -> decided(
                        Wishes.ofChange(inForce, said.policyVersion(), said.wishes()),
                        records -> change(new SubjectChange.Decide(
                                subject, entry(records, version(inForce, said), said.channel())))));
    }

    Future<Outcome<Parcel>> appoint(Delivery<Long> delivery) {
        return person(
                delivery.parties(),
                subject -> change(new SubjectChange.Appoint(subject, Math.toIntExact(delivery.view()))));
    }

    /**
     * In two steps, for an order under way may need the person: from the first on nothing new is permitted, so that what is found to
     * be over then stays so.
     */
    Future<Outcome<Parcel>> erase(Delivery<Parties> delivery) {
        return person(
                delivery.parties(),
                subject -> commit(new SubjectChange.Leave(subject, keptOfAccounts(), clock.instant()))
                        .compose(left -> left instanceof Outcome.Done<SubjectRow> done
                                        && !done.value().erased()
                                ? forgottenUnlessNeeded(subject, left)
                                : Future.succeededFuture(left))
                        .compose(this::takenEffect)
                        .map(outcome -> outcome.map(row -> Parcel.plain())));
    }

    private Future<Outcome<SubjectRow>> forgottenUnlessNeeded(SubjectId subject, Outcome<SubjectRow> left) {
        return affairs.any(subject)
                .compose(any -> any ? Future.succeededFuture(left) : commit(new SubjectChange.Erase(subject)));
    }

    private Set<String> keptOfAccounts() {
        return StewardshipFields.SEALED_WITH_ACCOUNT.stream()
                .filter(law.get().erasure()::keeps)
                .map(Field::name)
                .collect(Collectors.toSet());
    }

    Future<Outcome<Parcel>> consents(Delivery<Parties> delivery) {
        return person(
                delivery.parties(),
                subject -> rows.consents(subject, law.get())
                        .map(entries -> Outcome.done(Parcel.plain().with(StewardshipFields.CONSENTS, entries))));
    }

    private static Future<Outcome<Parcel>> person(Parties parties, Function<SubjectId, Future<Outcome<Parcel>>> about) {
        SubjectId subject = parties.buyer();
        return subject == null
                ? Future.succeededFuture(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN))
                : about.apply(subject);
    }

    private static Future<Outcome<Parcel>> decided(
            Outcome<List<ConsentRecord>> records, Function<List<ConsentRecord>, Future<Outcome<Parcel>>> then) {
        return switch (records) {
            case Outcome.Done<List<ConsentRecord>> done -> then.apply(done.value());
            case Outcome.Refused<List<ConsentRecord>> refused ->
                Future.succeededFuture(new Outcome.Refused<>(refused.code(), refused.at()));
        };
    }

    private SubjectChange.Entry entry(List<ConsentRecord> records, String version, String channel) {
        return new SubjectChange.Entry(ids.next(), records, version, channel, clock.instant());
    }

    /** What they had before them when they spoke; of two versions that meet, the one of them that it was. */
    private static String version(Law inForce, Persons.Introduce said) {
        return inForce.isCalled(said.policyVersion()) ? said.policyVersion() : inForce.version();
    }

    /**
     * Applies the change. If it may have taken something away, the answer waits until no node can decide by the earlier row
     * any more; that no effect is committed under it is the {@link ConsentFence}'s part (clause D5).
     */
    private Future<Outcome<Parcel>> change(SubjectChange change) {
        return commit(change)
                .compose(outcome -> change.mayRestrict() ? takenEffect(outcome) : Future.succeededFuture(outcome))
                .map(outcome -> outcome.map(row -> Parcel.plain()));
    }

    private Future<Outcome<SubjectRow>> commit(SubjectChange change) {
        return commits.submit(change, List.of()).onSuccess(outcome -> snapshots.drop(change.subject()));
    }

    private Future<Outcome<SubjectRow>> takenEffect(Outcome<SubjectRow> outcome) {
        boolean wasEverRestricted =
                outcome instanceof Outcome.Done<SubjectRow> done && done.value().wasEverRestricted();
        if (!wasEverRestricted) {
            return Future.succeededFuture(outcome);
        }
        Timer.Sample waiting = Timer.start(meters);
        return vertx.timer(settings.effectWithin().toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(over -> waiting.stop(meters.timer("sluice.consent.time-to-effect")))
                .map(over -> outcome);
    }
}
