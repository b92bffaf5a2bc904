package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Address;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.Elsewhere.Question;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.erasure.Ends;
import io.sluice.stewardship.erasure.ErasureSettings;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows when a person is erased: orders under way end first, what the law keeps is held, and then the key dies. */
@Clause("D4")
class LeavingIT {

    private static final ErasureSettings QUICK =
            new ErasureSettings(Duration.ofMillis(10), Duration.ofMinutes(1), Duration.ofMillis(20), 8);
    private static final Instant CLOSED = Instant.parse("2026-11-20T09:00:00Z");
    private static final Ends BOUGHT_SOMETHING = new Ends(Optional.of(CLOSED), Optional.of(CLOSED));

    private TownHall hall;

    @BeforeEach
    void open() {
        hall = new TownHall();
    }

    @AfterEach
    void close() {
        hall.close();
    }

    @Test
    void whoLeavesWithAnOrderUnderWayPermitsWhatItNeedsAndNothingElse() {
        SubjectId ada = registered("ada1");
        hall.elsewhere.open.add(ada);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        SubjectSnapshot snapshot = TownHall.await(hall.snapshots.of(ada)).orElseThrow();
        assertThat(Stream.of(Purpose.values()).filter(snapshot::permits))
                .containsExactlyInAnyOrder(
                        Purpose.TRANSACTION_VERIFICATION, Purpose.SHIPMENT, Purpose.REFUND_MANAGEMENT);
        assertThat(snapshot.roles()).isZero();
        assertThat(snapshot.sessionEpoch()).as("every session is void").isPositive();
        assertThat(hall.sql("select from stewardship.account where subject = $1", ada.value()))
                .isEmpty();
        assertThat(hall.ask(Accounts.CREDENTIAL_OF, Parcel.plain().with(StewardshipFields.EMAIL_INDEX, "ada1")))
                .isEqualTo(Outcome.refused(AccountRefusal.ACCOUNT_UNKNOWN));
        assertThat(says(ada, "customer_assistance", true))
                .as("nobody who leaves says anything more")
                .isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    @Test
    void whatWasWithdrawnBeforeIsNotPermittedForAnOrderUnderWayEither() {
        SubjectId ada = registered("ada2");
        hall.elsewhere.open.add(ada);
        assertThat(says(ada, "shipment", false)).isInstanceOf(Outcome.Done.class);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        assertThat(TownHall.await(hall.snapshots.of(ada)).orElseThrow().permits(Purpose.SHIPMENT))
                .isFalse();
    }

    @Test
    void nothingIsShreddedWhileAnOrderIsUnderWayAndEverythingAfterwards() {
        SubjectId ada = registered("ada3");
        hall.elsewhere.open.add(ada);
        hall.eraseAlso(QUICK);
        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);
        int before = hall.elsewhere.asked(Question.ANY);
        until(() -> hall.elsewhere.asked(Question.ANY) >= before + 3);
        assertThat(hall.elsewhere.asked(Question.KEEP)).isZero();
        assertThat(hall.elsewhere.shredded).isEmpty();

        hall.elsewhere.open.remove(ada);

        untilShredded(ada);
        assertThat(hall.elsewhere.shredded).containsOnly(ada);
        SubjectSnapshot snapshot = TownHall.await(hall.snapshots.of(ada)).orElseThrow();
        assertThat(snapshot.erased()).isTrue();
        assertThat(Purpose.values()).noneMatch(snapshot::permits);
    }

    @Test
    void whatTheLawKeepsIsDurableWithoutTheKeyBeforeTheKeyDies() {
        SubjectId ada = registered("ada4");
        SubjectId bo = registered("b0b0");
        hall.elsewhere.ends.put(ada, BOUGHT_SOMETHING);
        hall.elsewhere.resting.put(ada, TownHall.sealed("a name in an order"));
        hall.elsewhere.beforeShredding(() -> hall.database
                .query("""
                        select from stewardship.erasure e where subject = $1 and held_at is not null
                            and not exists (select from stewardship.kept_field k where k.subject = $1 and reason is null)""", Tuple.of(ada.value()))
                .compose(rows -> rows.size() == 1
                        ? Future.succeededFuture()
                        : Future.failedFuture("something would be lost with the key")));
        hall.eraseAlso(QUICK);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        untilShredded(ada);
        assertThat(kept(ada))
                .containsExactly(
                        "account.country tax_records 2036-11-20 tax_records until 2036-11-20: account.country of "
                                + ada,
                        "account.name tax_records 2036-11-20 tax_records until 2036-11-20: account.name of " + ada);
        assertThat(Elsewhere.text(hall.elsewhere.resting.get(ada)))
                .isEqualTo("tax_records until 2036-11-20: a name in an order");
        assertThat(hall.sql("select from stewardship.account where subject = $1", bo.value()))
                .as("who stays keeps everything")
                .hasSize(1);
    }

    @Test
    void ofWhoNeverBoughtAnythingNothingIsKept() {
        SubjectId ada = registered("ada5");
        hall.elsewhere.resting.put(ada, TownHall.sealed("a name in an order that came to nothing"));
        hall.eraseAlso(QUICK);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        untilShredded(ada);
        assertThat(kept(ada)).isEmpty();
        assertThat(hall.elsewhere.resting).doesNotContainKey(ada);
        assertThat(hall.elsewhere.asked(Question.HOLD)).isZero();
    }

    @Test
    void whatIsNotKeptAnyLongerIsNotHeldForAnotherDay() {
        SubjectId ada = registered("ada6");
        hall.elsewhere.ends.put(ada, BOUGHT_SOMETHING);
        hall.later(Duration.ofDays(3653));
        hall.eraseAlso(QUICK);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        untilShredded(ada);
        assertThat(kept(ada)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Question.class)
    void whereverItStopsItGoesOnFromThere(Question where) {
        SubjectId ada = registered("ada7");
        hall.elsewhere.ends.put(ada, BOUGHT_SOMETHING);
        hall.elsewhere.open.add(ada);
        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);
        hall.elsewhere.open.remove(ada);
        hall.elsewhere.failOnceAt(where);

        hall.eraseAlso(QUICK);

        untilShredded(ada);
        assertThat(kept(ada)).hasSize(2);
        assertThat(hall.elsewhere.shredded).containsExactly(ada);
    }

    @Test
    void twoNodesAtOnceEndWhereOneDoes() {
        SubjectId ada = registered("ada8");
        hall.elsewhere.ends.put(ada, BOUGHT_SOMETHING);
        ErasureSettings noPatience =
                new ErasureSettings(Duration.ofMillis(2), Duration.ofMillis(1), Duration.ofMillis(2), 8);
        hall.eraseAlso(noPatience);
        hall.eraseAlso(noPatience);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        untilShredded(ada);
        assertThat(kept(ada)).hasSize(2).allMatch(line -> line.contains(" tax_records until 2036-11-20: account."));
    }

    @Test
    void erasingTwiceSucceedsTwiceAndShredsOnce() {
        SubjectId ada = registered("ada9");
        hall.eraseAlso(QUICK);
        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);
        untilShredded(ada);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        assertThat(hall.sql("select count(*) from stewardship.erasure")).containsExactly("1");
        assertThat(hall.elsewhere.shredded).containsExactly(ada);
    }

    @Test
    void whetherAnOrderIsUnderWayUnknownNobodyIsForgottenYet() {
        SubjectId ada = registered("ada0");
        hall.elsewhere.failOnceAt(Question.ANY);

        assertThat(hall.bus
                        .ask(Persons.ERASE, Parcel.about(Persons.of(ada)))
                        .transform(asked -> Future.succeededFuture(asked.failed()))
                        .await())
                .isTrue();

        assertThat(hall.sql("select leaving, erased from stewardship.subject where id = $1", ada.value()))
                .containsExactly("true false");
        hall.eraseAlso(QUICK);
        untilShredded(ada);
    }

    private Outcome<Address.Done> erase(SubjectId subject) {
        return hall.ask(Persons.ERASE, Parcel.about(Persons.of(subject)));
    }

    private Outcome<Address.Done> says(SubjectId subject, String purpose, boolean granted) {
        return hall.ask(Persons.DECIDE, hall.wishes(subject, hall.law.version(), new PurposeWish(purpose, granted)));
    }

    private SubjectId registered(String emailIndex) {
        SubjectId subject = hall.somebody();
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
        assertThat(hall.register(subject, emailIndex)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private List<String> kept(SubjectId subject) {
        return hall.sql(
                "select field, reason, until, convert_from(sealed, 'UTF8') from stewardship.kept_field where subject = $1"
                        + " order by field",
                subject.value());
    }

    private void untilShredded(SubjectId subject) {
        until(() -> !hall.sql(
                        "select from stewardship.erasure where subject = $1 and shredded_at is not null",
                        subject.value())
                .isEmpty());
    }

    private void until(BooleanSupplier condition) {
        for (int tries = 0; tries < 2000; tries++) {
            if (condition.getAsBoolean()) {
                return;
            }
            TownHall.await(hall.vertx.timer(10, TimeUnit.MILLISECONDS));
        }
        throw new AssertionError("it did not come to that");
    }
}
