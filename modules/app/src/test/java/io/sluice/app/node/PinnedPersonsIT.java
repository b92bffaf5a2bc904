package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.storage.Database;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node with two key stores, and persons who are at home in either. */
@Clause("B3")
final class PinnedPersonsIT {

    @TempDir
    Path dataDir;

    private House house;
    private Vertx vertx;
    private Database local;
    private Database north;

    @BeforeEach
    void open() {
        house = new House(dataDir, Map.of("vault.regions", "north", "vault.region.north.countries", "SE,NO"));
        vertx = Vertx.vertx();
        local = keys("sluice_keys");
        north = keys("sluice_keys_north");
    }

    private Database keys(String name) {
        return Database.open(vertx, house.node().stores().data().settings().withDatabase(name));
    }

    @AfterEach
    void close() {
        House.await(local.close());
        House.await(north.close());
        House.await(vertx.close());
        house.close();
    }

    @Test
    void whoLivesInARegionsCountryHasTheirKeyThereAndTheOrderOfTwoRegionsIsServed() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());

        assertThat(house.region(gift.recipient()))
                .as("the parcel goes to Sweden")
                .isEqualTo("north");
        assertThat(living(north))
                .contains(gift.recipient().value())
                .doesNotContain(gift.buyer().value());
        assertThat(house.region(gift.buyer())).isEqualTo("local");
        assertThat(living(local))
                .contains(gift.buyer().value())
                .doesNotContain(gift.recipient().value());
        assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("Nora Lind");
        assertThat(house.opened(gift, CommerceFields.CONTACT_EMAIL)).isEqualTo("ada@example.net");
    }

    @Test
    void whoRegistersFromARegionsCountryIsAtHomeThereAndWhoDoesNotIsNot() throws Exception {
        SubjectId northerner = registered("SE");
        SubjectId other = registered("DE");

        assertThat(house.region(northerner)).isEqualTo("north");
        assertThat(living(north)).contains(northerner.value()).doesNotContain(other.value());
        assertThat(house.region(other)).isEqualTo("local");
        assertThat(living(local)).contains(other.value()).doesNotContain(northerner.value());
        assertThat(house.opened(
                        northerner, Accounts.of(northerner), StewardshipFields.COUNTRY, house.account(northerner)))
                .isEqualTo("SE");
    }

    @Test
    void whoIsErasedIsShreddedInTheirHomeRegion() throws Exception {
        House.Gift gift = house.gift("pm_card_visa");
        house.untilClosed(gift.id());

        house.erased(gift.recipient());

        assertThat(living(north)).doesNotContain(gift.recipient().value());
        assertThat(rows(local, gift.recipient()))
                .as("nothing was written elsewhere")
                .isZero();
        assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
        assertThat(house.opened(gift, CommerceFields.CONTACT_EMAIL)).isEqualTo("ada@example.net");
    }

    private SubjectId registered(String country) throws Exception {
        JsonObject registration = new JsonObject()
                .put("email", country.toLowerCase(Locale.ROOT) + "@pinned.example.org")
                .put("password", "correct horse battery")
                .put("name", "Somebody")
                .put("locale", "en")
                .put("country", country)
                .put("consents", new JsonObject().put("shipment", true))
                .put(
                        "policy_version",
                        new JsonObject(house.get(house.token(), "/v1/policy").body()).getString("version"));
        HttpResponse<String> answer = house.post(house.shop("/v1/accounts"), registration);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new SubjectId(UUID.fromString(new JsonObject(answer.body()).getString("id")));
    }

    private static Set<UUID> living(Database store) {
        Set<UUID> subjects = new HashSet<>();
        for (Row row : House.await(
                store.query("select subject from vault.subject_key where wrapped is not null", Tuple.tuple()))) {
            subjects.add(row.getUUID(0));
        }
        return subjects;
    }

    private static int rows(Database store, SubjectId person) {
        return House.await(store.query("select from vault.subject_key where subject = $1", Tuple.of(person.value())))
                .size();
    }
}
