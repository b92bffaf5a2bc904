package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.HashSet;
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
    void whoRegistersFromARegionsCountryIsAtHomeThereAndWhoDoesNotIsNot() {
        Set<UUID> northerners = new HashSet<>();
        house.rows("select id from stewardship.subject where kind = 'account' and region = 'north'")
                .forEach(row -> northerners.add(row.getUUID(0)));
        Set<UUID> others = new HashSet<>();
        house.rows("select id from stewardship.subject where kind = 'account' and region <> 'north'")
                .forEach(row -> others.add(row.getUUID(0)));

        assertThat(northerners).as("the demo has customers in Sweden or Norway").isNotEmpty();
        assertThat(living(north)).containsAll(northerners).doesNotContainAnyElementsOf(others);
        assertThat(living(local)).containsAll(others).doesNotContainAnyElementsOf(northerners);
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
