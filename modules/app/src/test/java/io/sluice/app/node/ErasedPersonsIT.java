package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.Orders;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Sealed;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons who are erased from a whole node: real databases, real keys, real partners. */
@Clause("D4")
class ErasedPersonsIT {

    @TempDir
    Path dataDir;

    private House house;

    @BeforeEach
    void open() {
        house = new House(dataDir, Map.of());
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void whatIsTheRecipientsOpensNowhereAndTheBuyersDoesAndTheOrderIsServed() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());
        assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("Nora Lind");

        house.erased(gift.recipient());

        assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.opened(gift, CommerceFields.RECIPIENT_EMAIL)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.stored(gift.id()).keySet())
                .as("nothing of theirs rests with the order, for no law keeps any of it")
                .containsExactlyInAnyOrder(CommerceFields.PAYMENT_METHOD, CommerceFields.CONTACT_EMAIL);
        assertThat(house.opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("pm_card_visa");
        assertThat(house.opened(gift, CommerceFields.CONTACT_EMAIL)).isEqualTo("ada@example.net");
        assertThat(house.get(house.token(), "/v1/orders/" + gift.id()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsTheBuyersOpensWhereTheLawKeepsItOnlyAndTheRecipientsStaysOpen() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());
        Map<Field<String>, Sealed> account = house.account(gift.buyer());
        LocalDate today = Instant.now().atOffset(ZoneOffset.UTC).toLocalDate();

        house.erased(gift.buyer());

        assertThat(house.opened(gift, CommerceFields.PAYMENT_METHOD))
                .as("by their own key")
                .isEqualTo("KEY_NOT_USABLE");
        Map<Field<String>, Sealed> left = house.stored(gift.id());
        assertThat(house.opened(gift.buyer(), gift.id(), CommerceFields.PAYMENT_METHOD, left))
                .as("by the key for open payments")
                .isEqualTo("pm_card_visa");
        assertThat(house.opened(gift.recipient(), gift.id(), CommerceFields.DELIVERY_NAME, left))
                .isEqualTo("Nora Lind");
        UUID ofAccount = gift.buyer().value();
        account.keySet()
                .forEach(field -> assertThat(house.opened(gift.buyer(), ofAccount, field, account))
                        .as("%s as it rested with the account", field)
                        .isEqualTo("KEY_NOT_USABLE"));
        Map<Field<String>, Sealed> kept = house.kept(gift.buyer());
        assertThat(kept.keySet()).containsExactlyInAnyOrder(StewardshipFields.NAME, StewardshipFields.COUNTRY);
        assertThat(house.opened(gift.buyer(), ofAccount, StewardshipFields.NAME, kept))
                .isNotEqualTo("KEY_NOT_USABLE");
        assertThat(house.rows("select distinct reason, until from stewardship.kept_field"))
                .allSatisfy(row -> {
                    assertThat(row.getString(0)).isEqualTo("tax_records");
                    assertThat(row.getLocalDate(1)).isAfterOrEqualTo(today.plusYears(10));
                })
                .hasSize(1);
        Outcome<?> found = house.node()
                .bus()
                .ask(
                        Orders.FIND,
                        Parcel.about(Parties.of(gift.buyer(), gift.id())).with(CommerceFields.ORDER_ID, gift.id()))
                .await(20, TimeUnit.SECONDS);
        assertThat(found).as("the books hold the order still").isInstanceOf(Outcome.Done.class);
    }

    @Test
    @Clause("B7")
    void staffAreShownNothingOfWhoeverIsErasedNotEvenMaskedNorOfWhomTheyOrderedFor() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());
        house.erased(gift.buyer());

        assertThat(House.<Outcome<?>>await(house.node()
                        .bus()
                        .ask(Orders.PERSONS, Parcel.plain().with(CommerceFields.ORDER_ID, gift.id()))
                        .map(outcome -> outcome)))
                .isEqualTo(Outcome.refused(PrivacyRefusal.SUBJECT_ERASED));
    }

    @Test
    void anOrderUnderWayIsPaidAndBroughtAndThenTheKeyDies() throws Exception {
        House.Gift gift = house.gift("pm_card_3ds");
        String page = house.until(
                "the bank's page",
                () -> Optional.ofNullable(new JsonObject(house.get(house.token(), "/v1/orders/" + gift.id())
                                        .body())
                                .getJsonObject("next_action"))
                        .map(next -> next.getString("url")));
        house.erase(gift.buyer());
        house.erase(gift.recipient());
        assertThat(house.post(URI.create(page), new JsonObject().put("outcome", "success"))
                        .statusCode())
                .isEqualTo(200);

        house.untilShredded(gift.buyer());
        house.untilShredded(gift.recipient());

        assertThat(house.rows("select state from commerce.orders where id = $1", gift.id())
                        .getFirst()
                        .getString(0))
                .isEqualTo("CLOSED");
        assertThat(house.opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.stored(gift.id()).keySet())
                .containsExactlyInAnyOrder(CommerceFields.PAYMENT_METHOD, CommerceFields.CONTACT_EMAIL);
    }

    @Test
    void whatANodeLeavesUndoneTheNextStartDoes() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());
        house.erase(gift.buyer());
        house.stop();

        house.start();

        house.untilShredded(gift.buyer());
        assertThat(house.opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.opened(gift.buyer(), gift.id(), CommerceFields.PAYMENT_METHOD, house.stored(gift.id())))
                .isEqualTo("pm_card_visa");
        house.erased(gift.buyer());
    }
}
