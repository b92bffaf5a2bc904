package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.Address;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import io.sluice.kernel.Standing;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.storage.Superseded;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left of a person who is forgotten. */
class ErasureIT {

    private static TownHall hall;
    private static Ground ground;

    @BeforeAll
    static void open() {
        hall = new TownHall();
        ground = new Ground(hall);
    }

    @AfterAll
    static void close() {
        ground.close();
        hall.close();
    }

    @Test
    @Clause("D4")
    void nothingPersonalRestsOfAForgottenPersonAndEverythingOfTheOthers() {
        SubjectId ada = registered("ada1");
        SubjectId bo = registered("b0b0");
        signIn(ada);
        signIn(bo);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        for (String table : new String[] {"account", "session"}) {
            assertThat(rowsOf(ada, table)).as(table).isZero();
            assertThat(rowsOf(bo, table)).as(table).isEqualTo(1);
        }
        assertThat(credential("ada1")).isEqualTo(Outcome.refused(AccountRefusal.ACCOUNT_UNKNOWN));
        assertThat(credential("b0b0")).isInstanceOf(Outcome.Done.class);
        assertThat(hall.sql("select count(*) > 0 from stewardship.consent where subject = $1", ada.value()))
                .as("what they consented to stays on record")
                .containsExactly("true");
    }

    @Test
    @Clause("D4")
    void aForgottenPersonPermitsNothingAndSignsInNoMore() {
        SubjectId ada = registered("ada2");

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        SubjectSnapshot snapshot = TownHall.await(hall.snapshots.of(ada)).orElseThrow();
        assertThat(snapshot.erased()).isTrue();
        assertThat(Purpose.values()).noneMatch(snapshot::permits);
        assertThat(session(ada)).isInstanceOf(Outcome.Refused.class);
        assertThat(hall.ask(
                        Persons.DECIDE,
                        hall.wishes(ada, hall.law.version(), new PurposeWish("customer_assistance", true))))
                .isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    @Test
    @Clause("D4")
    void forgettingTwiceSucceedsTwice() {
        SubjectId ada = registered("ada3");
        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);
        String row = row(ada);

        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        assertThat(row(ada)).isEqualTo(row);
    }

    @Test
    void nobodyUnknownIsForgotten() {
        assertThat(erase(hall.somebody())).isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    @Test
    void theAddressOfAForgottenPersonIsFree() {
        assertThat(erase(registered("ada4"))).isInstanceOf(Outcome.Done.class);

        SubjectId newcomer = registered("ada4");

        assertThat(rowsOf(newcomer, "account")).isEqualTo(1);
    }

    @Test
    @Clause("D4")
    void noEffectIsCommittedThatWasDecidedBeforeThePersonWasForgotten() {
        SubjectId ada = registered("ada5");
        SubjectSnapshot before = TownHall.await(hall.snapshots.of(ada)).orElseThrow();
        Rider decided = hall.leaves.rider(ada, new Standing(ada, before.version(), hall.now()));
        assertThat(erase(ada)).isInstanceOf(Outcome.Done.class);

        assertThatThrownBy(() -> TownHall.await(ground.enter(5, decided))).isInstanceOf(Superseded.class);
        assertThat(ground.entries()).isEmpty();
    }

    @Test
    void aSessionThatIsOpenedWhileItsPersonLeavesIsNotThereAfterwards() {
        SubjectId ada = registered("ada6");
        // as SubjectBatch has it
        Ground.Open leaving = ground.begin();
        leaving.run("select id from stewardship.subject where id = $1 for no key update", ada.value());
        leaving.run(
                "update stewardship.subject set leaving = true, session_epoch = session_epoch + 1 where id = $1",
                ada.value());
        leaving.run("delete from stewardship.session where subject = $1", ada.value());
        Future<Outcome<Sessions.Session>> opening = hall.bus.ask(Sessions.OPEN, opening(ada));
        while (!opening.isComplete()
                && hall.sql("select 1 from pg_locks where not granted").isEmpty()) {
            TownHall.await(hall.vertx.timer(10, TimeUnit.MILLISECONDS));
        }

        leaving.commit();

        assertThat(TownHall.await(opening)).isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
        assertThat(rowsOf(ada, "session")).isZero();
    }

    private static Outcome<Address.Done> erase(SubjectId subject) {
        return hall.ask(Persons.ERASE, Parcel.about(Persons.of(subject)));
    }

    private static SubjectId registered(String emailIndex) {
        SubjectId subject = hall.somebody();
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
        assertThat(hall.register(subject, emailIndex)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private static Outcome<Accounts.Credential> credential(String emailIndex) {
        return hall.ask(Accounts.CREDENTIAL_OF, Parcel.plain().with(StewardshipFields.EMAIL_INDEX, emailIndex));
    }

    private static void signIn(SubjectId subject) {
        assertThat(session(subject)).isInstanceOf(Outcome.Done.class);
    }

    private static Outcome<Sessions.Session> session(SubjectId subject) {
        return hall.ask(Sessions.OPEN, opening(subject));
    }

    private static Parcel opening(SubjectId subject) {
        return Parcel.about(Persons.of(subject))
                .with(StewardshipFields.SESSION_ID, UUID.randomUUID())
                .with(StewardshipFields.TOKEN_HASH, UUID.randomUUID().toString().replace("-", ""));
    }

    private static int rowsOf(SubjectId subject, String table) {
        return hall.sql("select from stewardship." + table + " where subject = $1", subject.value())
                .size();
    }

    private static String row(SubjectId subject) {
        return hall.sql("select * from stewardship.subject where id = $1", subject.value())
                .getFirst();
    }
}
