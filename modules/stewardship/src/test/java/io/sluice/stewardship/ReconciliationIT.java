package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.restore.Reconciliation;
import io.sluice.stewardship.restore.Restriction;
import io.sluice.stewardship.restore.Restrictions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two databases that were one: in the first, persons take things away; the second is as it was before, and is told. */
@Clause({"D4", "D5"})
class ReconciliationIT {

    private TownHall hall;
    private TownHall restored;
    private SubjectId ada;
    private SubjectId bo;
    private SubjectId cy;
    private SubjectId dee;

    @BeforeEach
    void open() {
        hall = new TownHall();
        restored = new TownHall();
        ada = registered("ada0");
        bo = registered("b0b0");
        cy = registered("c1c1");
        dee = registered("dee0");
        for (TownHall each : List.of(hall, restored)) {
            assertThat(each.ask(Accounts.APPOINT, each.appointment(cy, Role.CUSTOMER.mask() | Role.SUPPORT.mask())))
                    .isInstanceOf(Outcome.Done.class);
        }
    }

    @AfterEach
    void close() {
        hall.close();
        restored.close();
    }

    @Test
    void whatWasTakenAwayIsTakenAwayAndTheRestIsAsItWas() {
        String dees = row(restored, dee);
        takeAway();

        Reconciliation.Told told = TownHall.await(reconciliation().apply(kept()));

        assertThat(told).isEqualTo(new Reconciliation.Told(4, 4));
        assertThat(snapshot(ada).erased()).isTrue();
        assertThat(Purpose.values()).noneMatch(snapshot(ada)::permits);
        assertThat(restored.sql("select from stewardship.account where subject = $1", ada.value()))
                .isEmpty();
        assertThat(restored.sql(
                        "select field from stewardship.kept_field where subject = $1 order by field", ada.value()))
                .as("what the law may keep is set aside")
                .containsExactly("account.country", "account.name");
        assertThat(restored.sql("select from stewardship.erasure where subject = $1", ada.value()))
                .as("the erasure goes on from here")
                .hasSize(1);
        assertThat(snapshot(bo).permits(Purpose.SHIPMENT)).isFalse();
        assertThat(snapshot(bo).permits(Purpose.TRANSACTION_VERIFICATION)).isTrue();
        assertThat(restored.sql(
                        "select granted, channel from stewardship.consent where subject = $1 and purpose = 'shipment'"
                                + " order by at, granted desc",
                        bo.value()))
                .containsExactly("true test", "false test");
        assertThat(snapshot(cy).roles()).isEqualTo(Role.CUSTOMER.mask());
        assertThat(row(restored, dee)).as("who took nothing away").isEqualTo(dees);
    }

    @Test
    void notToldItKnowsNothingOfIt() {
        takeAway();

        assertThat(snapshot(ada).erased()).isFalse();
        assertThat(snapshot(bo).permits(Purpose.SHIPMENT)).isTrue();
        assertThat(snapshot(cy).has(Role.SUPPORT)).isTrue();
    }

    @Test
    void toldAgainItChangesNothing() {
        takeAway();
        assertThat(TownHall.await(reconciliation().apply(kept())).told()).isEqualTo(4);
        String bos = row(restored, bo);

        assertThat(TownHall.await(reconciliation().apply(kept()))).isEqualTo(new Reconciliation.Told(0, 0));

        assertThat(row(restored, bo)).isEqualTo(bos);
        assertThat(TownHall.await(new Restrictions(restored.database).count()))
                .isEqualTo(TownHall.await(new Restrictions(hall.database).count()));
    }

    @Test
    void decisionsOfBeforeHaveFallenAndWhatFollowsIsCountedOn() {
        takeAway();
        SubjectSnapshot before = snapshot(bo);
        assertThat(TownHall.await(reconciliation().apply(kept())).applied()).isEqualTo(4);

        assertThat(snapshot(bo).version())
                .isGreaterThan(before.version())
                .isGreaterThan(
                        TownHall.await(hall.snapshots.of(bo)).orElseThrow().version());
        assertThat(says(restored, dee, "shipment", false)).isInstanceOf(Outcome.Done.class);
        assertThat(TownHall.await(new Restrictions(restored.database).after(4, 10)))
                .extracting(Restriction::number)
                .containsExactly(5L);
    }

    @Test
    void whatWasGivenInTheTimeThatWasLostIsNotGivenBack() {
        assertThat(says(hall, bo, "shipment", false)).isInstanceOf(Outcome.Done.class);
        assertThat(says(hall, bo, "shipment", true)).isInstanceOf(Outcome.Done.class);

        assertThat(TownHall.await(reconciliation().apply(kept())).applied()).isEqualTo(1);

        assertThat(snapshot(bo).permits(Purpose.SHIPMENT)).isFalse();
    }

    @Test
    void whoWasNotThereYetIsNobody() {
        SubjectId late = hall.somebody();
        assertThat(hall.introduce(late)).isInstanceOf(Outcome.Done.class);
        assertThat(hall.ask(Persons.ERASE, Parcel.about(Persons.of(late)))).isInstanceOf(Outcome.Done.class);

        assertThat(TownHall.await(reconciliation().apply(kept()))).isEqualTo(new Reconciliation.Told(2, 0));
    }

    @Test
    void everySessionEnds() {
        assertThat(restored.ask(
                        Sessions.OPEN,
                        Parcel.about(Persons.of(dee))
                                .with(StewardshipFields.SESSION_ID, UUID.randomUUID())
                                .with(StewardshipFields.TOKEN_HASH, "ab12")))
                .isInstanceOf(Outcome.Done.class);

        assertThat(TownHall.await(reconciliation().endSessions())).isEqualTo(1);
        assertThat(restored.sql("select from stewardship.session")).isEmpty();
    }

    @Test
    void nothingPersonalIsInWhatIsKept() {
        takeAway();
        assertThat(kept())
                .allSatisfy(one -> assertThat(new JsonObject(one.json()).fieldNames())
                        .containsExactlyInAnyOrder(
                                "number",
                                "at",
                                "subject",
                                "version",
                                "permitted",
                                "roles",
                                "session_epoch",
                                "leaving",
                                "erased",
                                "consents"));
    }

    /** Ada leaves and is forgotten, Bo withdraws, Cy is staff no more; Dee says yes to something. */
    private void takeAway() {
        assertThat(hall.ask(Persons.ERASE, Parcel.about(Persons.of(ada)))).isInstanceOf(Outcome.Done.class);
        assertThat(says(hall, bo, "shipment", false)).isInstanceOf(Outcome.Done.class);
        assertThat(hall.ask(Accounts.APPOINT, hall.appointment(cy, Role.CUSTOMER.mask())))
                .isInstanceOf(Outcome.Done.class);
        assertThat(says(hall, dee, "customer_assistance", true)).isInstanceOf(Outcome.Done.class);
    }

    /** As a second sink has it. */
    private List<Restriction> kept() {
        return TownHall.await(new Restrictions(hall.database).after(0, 100)).stream()
                .map(one -> Restriction.of(new JsonObject(one.json())))
                .toList();
    }

    private Reconciliation reconciliation() {
        return new Reconciliation(restored.database, restored.law.erasure());
    }

    /** As nobody has it in memory. */
    private SubjectSnapshot snapshot(SubjectId subject) {
        restored.snapshots.drop(subject);
        return TownHall.await(restored.snapshots.of(subject)).orElseThrow();
    }

    private static Outcome<?> says(TownHall where, SubjectId subject, String purpose, boolean granted) {
        return where.ask(Persons.DECIDE, where.wishes(subject, where.law.version(), new PurposeWish(purpose, granted)));
    }

    private SubjectId registered(String emailIndex) {
        SubjectId subject = hall.somebody();
        for (TownHall each : List.of(hall, restored)) {
            assertThat(each.introduce(subject)).isInstanceOf(Outcome.Done.class);
            assertThat(each.register(subject, emailIndex)).isInstanceOf(Outcome.Done.class);
        }
        return subject;
    }

    private static String row(TownHall where, SubjectId subject) {
        return where.sql("select * from stewardship.subject where id = $1", subject.value())
                .getFirst();
    }
}
