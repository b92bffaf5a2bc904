package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How somebody becomes known, and gets an account. */
class RegistrationIT {

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
    @Clause("A2")
    void anAccountComesWithARecordForEachPurposeWhoWhenVersionAndChannel() {
        SubjectId ada = hall.somebody();

        assertThat(hall.introduce(ada, new PurposeWish("service_improvement", true)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(hall.register(ada, "a100")).isInstanceOf(Outcome.Done.class);

        assertThat(hall.sql("""
                        select purpose, granted, said, basis, policy_version, channel, at = $2
                        from stewardship.consent where subject = $1 order by purpose""", ada.value(), hall.now().atOffset(java.time.ZoneOffset.UTC)))
                .containsExactly(
                        "fraud_prevention true false legitimate_interest test test true",
                        "identity_confirmation true false contract test test true",
                        "refund_management true false contract test test true",
                        "service_improvement true true consent test test true",
                        "shipment true false contract test test true",
                        "transaction_verification true false contract test test true");
    }

    @Test
    @Clause("A2")
    void withoutARecordNothingPersonalIsStored() {
        SubjectId stranger = hall.somebody();

        Outcome<?> outcome = hall.register(stranger, "a200");

        assertThat(outcome).isEqualTo(Outcome.refused(PrivacyRefusal.SUBJECT_UNKNOWN));
        assertThat(accounts(stranger)).isEmpty();
    }

    @Test
    @Clause("A2")
    void whateverTheProgramDoesTheDatabaseStoresNoAccountWithoutARecord() {
        SubjectId unrecorded = hall.somebody();
        hall.sql("""
                insert into stewardship.subject (id, kind, permitted, region, created_at)
                values ($1, 'account', 127, 'local', now())""", unrecorded.value());

        assertThatThrownBy(() -> hall.sql(
                        "insert into stewardship.account values ($1, 'x', 'x', 'x', 'x', 'x', 'x', now())",
                        unrecorded.value()))
                .isInstanceOfSatisfying(
                        PgException.class,
                        cause -> assertThat(cause.getMessage()).contains("no record of a legal basis, no storage"));
    }

    @Test
    @Clause("A2")
    void aRecordIsNeverChangedNorDeleted() {
        SubjectId ada = hall.somebody();
        introduced(ada);

        for (String change : List.of(
                "update stewardship.consent set granted = false where subject = $1",
                "delete from stewardship.consent where subject = $1")) {
            assertThatThrownBy(() -> hall.sql(change, ada.value()))
                    .as(change)
                    .hasMessageContaining("consent records are never changed");
        }
        assertThatThrownBy(() -> hall.sql("truncate stewardship.consent cascade"))
                .hasMessageContaining("consent records are never changed");
    }

    @Test
    void aNewcomerPermitsWhatContractAndInterestNeedAndNothingElse() {
        SubjectId ada = hall.somebody();
        introduced(ada);

        SubjectSnapshot snapshot = snapshot(ada);

        assertThat(permitted(snapshot))
                .containsExactly(
                        Purpose.TRANSACTION_VERIFICATION,
                        Purpose.SHIPMENT,
                        Purpose.REFUND_MANAGEMENT,
                        Purpose.IDENTITY_CONFIRMATION,
                        Purpose.FRAUD_PREVENTION);
        assertThat(snapshot.has(Role.CUSTOMER)).isTrue();
    }

    @Test
    void whatANewcomerSaysCountsMoreThanTheBasis() {
        SubjectId ada = hall.somebody();

        assertThat(hall.introduce(
                        ada, new PurposeWish("customer_assistance", true), new PurposeWish("fraud_prevention", false)))
                .isInstanceOf(Outcome.Done.class);

        assertThat(permitted(snapshot(ada)))
                .contains(Purpose.CUSTOMER_ASSISTANCE)
                .doesNotContain(Purpose.FRAUD_PREVENTION);
    }

    @Test
    @Clause("A3")
    void advertisingIsNoPurposeThatCouldBeConsentedTo() {
        SubjectId ada = hall.somebody();

        Outcome<?> outcome = hall.introduce(ada, new PurposeWish("advertising", true));

        assertThat(outcome).isEqualTo(Outcome.refused(AccountRefusal.PURPOSE_UNKNOWN, "/consents"));
        assertThat(hall.sql("select from stewardship.subject where id = $1", ada.value()))
                .isEmpty();
    }

    @Test
    void consentToAnotherVersionOfTheLawIsNoConsent() {
        SubjectId ada = hall.somebody();

        assertThat(hall.ask(Persons.INTRODUCE, hall.wishes(ada, "last year's")))
                .isEqualTo(Outcome.refused(AccountRefusal.POLICY_NOT_IN_FORCE, "/policy_version"));
    }

    @Test
    void nobodyHasAnAccountWithoutBeingKnownAgain() {
        assertThat(hall.introduce(hall.somebody(), new PurposeWish("identity_confirmation", false)))
                .isEqualTo(Outcome.refused(AccountRefusal.PURPOSE_NEEDED, "/consents/identity_confirmation"));
    }

    @Test
    void aPurposeSpokenOfTwiceIsNotUnderstood() {
        assertThat(hall.introduce(
                        hall.somebody(), new PurposeWish("shipment", true), new PurposeWish("shipment", false)))
                .isEqualTo(Outcome.refused(AccountRefusal.PURPOSE_TWICE, "/consents/shipment"));
    }

    @Test
    void introducingTheSamePersonAgainChangesNothing() {
        SubjectId ada = hall.somebody();
        introduced(ada);

        introduced(ada);

        assertThat(hall.sql("select count(*) from stewardship.consent where subject = $1", ada.value()))
                .containsExactly("5");
    }

    @Test
    void aTakenAddressIsAnsweredLikeAFreeOneAndKeepsItsOwner() {
        SubjectId first = registered("7a4e");
        SubjectId second = hall.somebody();
        introduced(second);

        Outcome<?> free = hall.register(first, "f4ee");
        Outcome<?> taken = hall.register(second, "7a4e");

        assertThat(taken).isEqualTo(free);
        assertThat(accounts(second)).isEmpty();
        assertThat(owner("7a4e")).isEqualTo(first);
    }

    @Test
    void twoWhoWantTheSameAddressAtTheSameMomentDoNotBothGetIt() {
        List<SubjectId> rivals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SubjectId rival = hall.somebody();
            introduced(rival);
            rivals.add(rival);
        }

        List<Future<?>> answers = new ArrayList<>();
        rivals.forEach(rival -> answers.add(hall.bus.ask(Accounts.REGISTER, TownHall.registration(rival, "fa15"))));
        TownHall.await(Future.all(answers));

        assertThat(hall.sql("select count(*) from stewardship.account where email_index = '\\xfa15'"))
                .containsExactly("1");
        assertThat(rivals.stream().flatMap(rival -> accounts(rival).stream())).hasSize(1);
    }

    @Test
    @Clause("C2")
    void theLeafOfARegistrationIsCommittedWithIt() {
        SubjectId ada = registered("1eaf");

        assertThat(hall.sql("select count(*) from leaf where subject = $1", ada.value()))
                .containsExactly("1");
    }

    @Test
    void whoeverSignsInIsFoundByTheirAddressAndTheirCredentialIsOpenedForTheAskerAlone() {
        SubjectId ada = registered("cafe");

        Outcome<Accounts.Credential> found =
                hall.ask(Accounts.CREDENTIAL_OF, Parcel.plain().with(StewardshipFields.EMAIL_INDEX, "cafe"));

        assertThat(found).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            Accounts.Credential credential = (Accounts.Credential) done.value();
            assertThat(credential.subject()).isEqualTo(ada);
            assertThat(credential.hash().reveal()).isEqualTo("account.credential of " + ada);
        });
        assertThat(hall.leaves.appended)
                .anyMatch(use -> Objects.equals(use.buyer(), ada)
                        && use.receiver().equals("account.credential#reply")
                        && use.opened().contains(StewardshipFields.CREDENTIAL));
    }

    @Test
    void anUnknownAddressHasNoCredential() {
        assertThat(hall.ask(Accounts.CREDENTIAL_OF, Parcel.plain().with(StewardshipFields.EMAIL_INDEX, "00")))
                .isEqualTo(Outcome.refused(AccountRefusal.ACCOUNT_UNKNOWN));
    }

    @Test
    void aRecipientPermitsDeliveryHasNoRoleAndCannotHaveWhatRestsOnConsent() {
        SubjectId recipient = hall.somebody();

        assertThat(hall.ask(
                        Persons.INTRODUCE_RECIPIENT,
                        Parcel.about(Persons.of(recipient))
                                .with(StewardshipFields.CHANNEL, "api")
                                .with(StewardshipFields.REGION, "us")))
                .isEqualTo(Outcome.done("us"));

        SubjectSnapshot snapshot = snapshot(recipient);
        assertThat(permitted(snapshot))
                .contains(Purpose.SHIPMENT)
                .doesNotContain(Purpose.CUSTOMER_ASSISTANCE, Purpose.SERVICE_IMPROVEMENT);
        assertThat(snapshot.roles()).isZero();
    }

    @Test
    @Clause("B3")
    void whoIsIntroducedAgainIsAtHomeWhereTheyWereBefore() {
        SubjectId ada = hall.somebody();
        assertThat(hall.introduce(ada)).isEqualTo(Outcome.done(TownHall.HOME));

        Parcel again = hall.wishes(ada, hall.law.version()).with(StewardshipFields.REGION, "us");

        assertThat(hall.ask(Persons.INTRODUCE, again)).isEqualTo(Outcome.done(TownHall.HOME));
        assertThat(snapshot(ada).region()).isEqualTo(TownHall.HOME);
    }

    @Test
    void rolesAreGivenByAppointmentOnly() {
        SubjectId support = registered("50bb");

        assertThat(hall.ask(Accounts.APPOINT, Parcel.about(Persons.of(support)).with(StewardshipFields.ROLES, (long)
                        Role.SUPPORT.mask())))
                .isInstanceOf(Outcome.Done.class);

        assertThat(snapshot(support).has(Role.SUPPORT)).isTrue();
        assertThat(snapshot(support).version()).isEqualTo(2);
    }

    @Test
    void nobodyUnknownIsAppointed() {
        assertThat(hall.ask(
                        Accounts.APPOINT,
                        Parcel.about(Persons.of(hall.somebody())).with(StewardshipFields.ROLES, 1L)))
                .isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    private static void introduced(SubjectId subject) {
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
    }

    private static SubjectId registered(String emailIndex) {
        SubjectId subject = hall.somebody();
        introduced(subject);
        assertThat(hall.register(subject, emailIndex)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private static List<String> accounts(SubjectId subject) {
        return hall.sql("select subject from stewardship.account where subject = $1", subject.value());
    }

    private static SubjectId owner(String index) {
        return hall.sql("select subject from stewardship.account where email_index = decode($1, 'hex')", index).stream()
                .map(id -> new SubjectId(java.util.UUID.fromString(id)))
                .findFirst()
                .orElseThrow();
    }

    private static SubjectSnapshot snapshot(SubjectId subject) {
        return TownHall.await(hall.snapshots.of(subject)).orElseThrow();
    }

    private static List<Purpose> permitted(SubjectSnapshot snapshot) {
        return java.util.Arrays.stream(Purpose.values())
                .filter(snapshot::permits)
                .toList();
    }
}
