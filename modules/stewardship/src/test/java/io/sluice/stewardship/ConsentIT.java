package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Address;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.ConsentEntry;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a person says about purposes later on. */
class ConsentIT {

    private static TownHall hall;

    @BeforeAll
    static void open() {
        hall = new TownHall();
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    @Test
    @Clause("D5")
    void onceAWithdrawalHasReturnedNoSnapshotPermitsThePurpose() {
        SubjectId ada = person();
        assertThat(permits(ada, Purpose.SHIPMENT)).isTrue();

        long before = System.nanoTime();
        assertThat(decide(ada, new PurposeWish("shipment", false))).isInstanceOf(Outcome.Done.class);
        long took = System.nanoTime() - before;

        assertThat(permits(ada, Purpose.SHIPMENT)).isFalse();
        assertThat(took)
                .as("the answer waits until leases of other nodes are over")
                .isGreaterThanOrEqualTo(2_000_000_000L);
    }

    @Test
    void aConsentThatIsGivenTakesEffectAtOnceAndTakesNothingElse() {
        SubjectId ada = person();

        assertThat(decide(ada, new PurposeWish("customer_assistance", true))).isInstanceOf(Outcome.Done.class);

        assertThat(permits(ada, Purpose.CUSTOMER_ASSISTANCE)).isTrue();
        assertThat(permits(ada, Purpose.SHIPMENT)).isTrue();
        assertThat(permits(ada, Purpose.SERVICE_IMPROVEMENT)).isFalse();
    }

    @Test
    @Clause("A2")
    void whatWasSaidBeforeStaysOnRecord() {
        SubjectId ada = person();

        assertThat(decide(ada, new PurposeWish("service_improvement", true))).isInstanceOf(Outcome.Done.class);
        assertThat(decide(ada, new PurposeWish("service_improvement", false))).isInstanceOf(Outcome.Done.class);

        assertThat(hall.sql("""
                        select granted from stewardship.consent
                        where subject = $1 and purpose = 'service_improvement' order by id""", ada.value())).containsExactly("true", "false");
        assertThat(entries(ada))
                .filteredOn(entry -> entry.purpose().equals("service_improvement"))
                .containsExactly(new ConsentEntry(
                        "service_improvement",
                        false,
                        "consent",
                        "test",
                        "test",
                        hall.now().toEpochMilli(),
                        false));
    }

    @Test
    @Clause("E3")
    void ofEachPurposeItIsKnownToWhichVersionSomebodySaidYesAndOnlyThat() {
        SubjectId ada = person();
        assertThat(consented(ada)).as("what is permitted unasked is no consent").isEmpty();

        assertThat(decide(ada, new PurposeWish("service_improvement", true))).isInstanceOf(Outcome.Done.class);
        assertThat(decide(ada, new PurposeWish("customer_assistance", true))).isInstanceOf(Outcome.Done.class);
        assertThat(consented(ada))
                .isEqualTo(Map.of(Purpose.SERVICE_IMPROVEMENT, "test", Purpose.CUSTOMER_ASSISTANCE, "test"));

        assertThat(decide(ada, new PurposeWish("service_improvement", false))).isInstanceOf(Outcome.Done.class);
        assertThat(consented(ada)).isEqualTo(Map.of(Purpose.CUSTOMER_ASSISTANCE, "test"));
    }

    @Test
    @Clause("E3")
    void whoSaysYesWhenJoiningSaysItToTheVersionInForce() {
        SubjectId ada = hall.somebody();
        assertThat(hall.introduce(
                        ada,
                        new PurposeWish("customer_assistance", true),
                        new PurposeWish("service_improvement", false)))
                .isInstanceOf(Outcome.Done.class);

        assertThat(consented(ada)).isEqualTo(Map.of(Purpose.CUSTOMER_ASSISTANCE, "test"));
    }

    private static Map<Purpose, String> consented(SubjectId subject) {
        return TownHall.await(hall.snapshots.of(subject)).orElseThrow().consented();
    }

    @Test
    void confirmingWhoSignsInCannotBeWithdrawn() {
        SubjectId ada = person();

        assertThat(decide(ada, new PurposeWish("identity_confirmation", false)))
                .isEqualTo(Outcome.refused(AccountRefusal.PURPOSE_NEEDED, "/consents/identity_confirmation"));
        assertThat(permits(ada, Purpose.IDENTITY_CONFIRMATION)).isTrue();
    }

    @Test
    void nobodyUnknownIsHeard() {
        assertThat(decide(hall.somebody(), new PurposeWish("shipment", true)))
                .isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    private static SubjectId person() {
        SubjectId subject = hall.somebody();
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private static Outcome<Address.Done> decide(SubjectId subject, PurposeWish wish) {
        return hall.ask(Persons.DECIDE, hall.wishes(subject, hall.law.version(), wish));
    }

    private static boolean permits(SubjectId subject, Purpose purpose) {
        return TownHall.await(hall.snapshots.of(subject)).orElseThrow().permits(purpose);
    }

    private static List<ConsentEntry> entries(SubjectId subject) {
        return switch (hall.ask(Persons.CONSENTED, Parcel.about(Persons.of(subject)))) {
            case Outcome.Done<List<ConsentEntry>> done -> done.value();
            case Outcome.Refused<List<ConsentEntry>> refused -> throw new AssertionError(refused.code());
        };
    }
}
