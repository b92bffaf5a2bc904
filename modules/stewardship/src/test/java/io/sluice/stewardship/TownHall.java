package io.sluice.stewardship;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardSettings;
import io.sluice.guard.LawInForce;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Ids;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.account.AccountVerticle;
import io.sluice.stewardship.account.SessionSettings;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.consent.ConsentFence;
import io.sluice.stewardship.consent.ConsentVerticle;
import io.sluice.stewardship.consent.LeasedSnapshots;
import io.sluice.stewardship.consent.SubjectSettings;
import io.sluice.stewardship.erasure.ErasureSettings;
import io.sluice.stewardship.erasure.ErasureVerticle;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.Database;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Stewardship wired as in the real house, on a database of its own, with a clock to turn and a vault that seals nothing. */
final class TownHall implements AutoCloseable {

    final Vertx vertx = Vertx.vertx();
    final Law law = TestLaw.whole();
    final Database database = Database.open(vertx, PostgresFixture.freshDatabase("stewardship"));
    final Leaves leaves = new Leaves();
    final Elsewhere elsewhere = new Elsewhere();
    final LeasedSnapshots snapshots;
    final ConsentFence fence;
    final Bus bus;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    TownHall() {
        sql("create table leaf (subject uuid not null)");
        SubjectSettings subjects = SubjectSettings.standard();
        snapshots = LeasedSnapshots.over(vertx, database, subjects, () -> now, System::nanoTime, meters);
        Guard guard = new Guard(
                vertx,
                law.policy().catalogue(),
                LawInForce.always(law::policy),
                snapshots,
                leaves,
                new OpenVault(this::now),
                this::now,
                System::nanoTime,
                meters,
                new GuardSettings(Duration.ofSeconds(10), 1000));
        bus = guard.bus();
        fence = new ConsentFence(leaves, subjects.effectWithin(), meters);
        Ids ids = Ids.secure(java.time.InstantSource.system());
        await(vertx.deployVerticle(guard.privacyVerticle()));
        await(vertx.deployVerticle(
                new ConsentVerticle(bus, () -> law, database, snapshots, elsewhere, subjects, ids, () -> now, meters)));
        await(vertx.deployVerticle(
                new AccountVerticle(bus, database, List.of(fence), SessionSettings.standard(), () -> now, meters)));
    }

    /** One more node that carries out what is left of erasures. */
    void eraseAlso(ErasureSettings settings) {
        await(vertx.deployVerticle(
                new ErasureVerticle(bus, () -> law, database, elsewhere, elsewhere, settings, () -> now, meters)));
    }

    /** Where newcomers are at home. */
    static final String HOME = "eu";

    void later(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    <V, R> Outcome<R> ask(Address<V, R> address, Parcel parcel) {
        return await(bus.ask(address, parcel));
    }

    /** Somebody whom nobody has heard of. */
    SubjectId somebody() {
        return new SubjectId(UUID.randomUUID());
    }

    Outcome<String> introduce(SubjectId subject, PurposeWish... wishes) {
        return ask(Persons.INTRODUCE, wishes(subject, law.version(), wishes));
    }

    Parcel wishes(SubjectId subject, String policyVersion, PurposeWish... wishes) {
        return Parcel.about(Persons.of(subject))
                .with(StewardshipFields.WISHES, List.of(wishes))
                .with(StewardshipFields.POLICY_VERSION, policyVersion)
                .with(StewardshipFields.CHANNEL, "test")
                .with(StewardshipFields.REGION, HOME);
    }

    Parcel appointment(SubjectId subject, int roles) {
        return Parcel.about(Persons.of(subject)).with(StewardshipFields.ROLES, (long) roles);
    }

    Outcome<Address.Done> register(SubjectId subject, String emailIndex) {
        return ask(Accounts.REGISTER, registration(subject, emailIndex));
    }

    static Parcel registration(SubjectId subject, String emailIndex) {
        Parcel parcel =
                Parcel.about(Parties.of(subject, Accounts.of(subject))).with(StewardshipFields.EMAIL_INDEX, emailIndex);
        for (Field<String> field : StewardshipFields.SEALED_WITH_ACCOUNT) {
            parcel = parcel.withSealed(field, sealed(field + " of " + subject));
        }
        return parcel;
    }

    static Sealed sealed(String text) {
        return Sealed.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The rows of a query, each as its values joined by blanks. */
    @CanIgnoreReturnValue
    List<String> sql(String query, Object... arguments) {
        List<String> lines = new ArrayList<>();
        for (Row row : await(database.query(query, Tuple.from(arguments)))) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(i == 0 ? "" : " ").append(row.getValue(i));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** The one instant that a query finds. */
    Instant instant(String query, Object... arguments) {
        return await(database.query(query, Tuple.from(arguments)))
                .iterator()
                .next()
                .getOffsetDateTime(0)
                .toInstant();
    }

    int lateDecisions() {
        return (int) meters.get("sluice.consent.late-decisions").counter().count();
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("not done within 20 s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
