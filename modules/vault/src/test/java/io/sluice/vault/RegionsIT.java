package io.sluice.vault;

import static io.sluice.vault.Strongroom.EMAIL;
import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.NOW;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.holding;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.FieldNotOpened.Reason;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Persons who are pinned to the key store of their home region. */
@Clause("B3")
final class RegionsIT {

    private static final String ABROAD = "us";

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static Keystore homeKeystore;
    private static Keystore abroadKeystore;

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final SubjectId ada = somebody();
    private final SubjectId bo = somebody();
    private final UUID order = UUID.randomUUID();
    private DatabaseSettings homes;
    private Database home;
    private Database abroad;
    private Strongroom room;
    private Item adasEmail;
    private Item bosName;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        homeKeystore = QuickKeystore.open(folder.resolve("home"), NOW);
        abroadKeystore = QuickKeystore.open(folder.resolve("abroad"), NOW);
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        homes = PostgresFixture.freshDatabase("vault");
        home = Database.open(vertx, homes);
        abroad = Database.open(vertx, PostgresFixture.freshDatabase("vault"));
        room = room(home, abroad);
        room.homes.put(bo, ABROAD);
        adasEmail = room.item(ada, EMAIL, order, "ada@example.org");
        bosName = room.item(bo, NAME, order, "Bo Peep");
    }

    private Strongroom room(Database home, Database abroad) {
        return new Strongroom(
                vertx,
                Map.of(
                        HOME,
                        new RegionStore(home, homeKeystore.keks(vertx, clock)),
                        ABROAD,
                        new RegionStore(abroad, abroadKeystore.keks(vertx, clock))),
                clock);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void aPersonsKeyRestsInTheStoreOfTheirHomeRegionAndNowhereElse() {
        assertThat(whoHasAKeyIn(home)).containsExactly(ada);
        assertThat(whoHasAKeyIn(abroad)).containsExactly(bo);
    }

    @Test
    void buyerAndRecipientOfTwoRegionsOpenByOnePermit() {
        assertThat(room.open(room.permit(ada, bo, order, EMAIL, NAME), adasEmail, bosName))
                .containsExactly("ada@example.org", "Bo Peep");
    }

    @Test
    void aPermitThatSeeksAPersonInAnotherRegionOpensNothing() {
        room.homes.put(bo, HOME);

        assertThat(room.refusal(room.permit(ada, bo, order, EMAIL, NAME), adasEmail, bosName))
                .isEqualTo(Reason.KEY_NOT_USABLE);
    }

    @Test
    void oneRegionsKeyEncryptionKeyOpensNothingOfAnothers() {
        bringRowOfBoHome();
        room.homes.put(bo, HOME);

        assertThat(room.refusal(room.permit(ada, bo, order, NAME), bosName)).isEqualTo(Reason.KEY_NOT_USABLE);
    }

    @Test
    void aRegionWhoseStoreIsAwayIsAwayForItsOwnAlone() {
        Database away = Database.open(vertx, homes.withDatabase("no_such_database"));
        Strongroom cutOff = room(Database.open(vertx, homes), away);
        SubjectId newcomer = somebody();

        assertThatThrownBy(() -> await(cutOff.vault.createKeys(ABROAD, List.of(newcomer))))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> await(cutOff.vault.shred(ABROAD, bo))).isInstanceOf(RuntimeException.class);
        await(cutOff.vault.createKeys(HOME, List.of(somebody())));
        assertThat(cutOff.open(cutOff.permit(ada, order, EMAIL), adasEmail)).containsExactly("ada@example.org");
        assertThat(whoHasAKeyIn(home)).doesNotContain(newcomer, bo);
        cutOff.close();
    }

    @Test
    void aRegionWithoutAStoreHereIsUnavailableAndToldAsAnAlert() {
        SubjectId stranger = somebody();

        assertThatThrownBy(() -> await(room.vault.createKeys("cn", List.of(stranger))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cn");
        assertThatThrownBy(() -> await(room.vault.shred("cn", ada))).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> await(room.vault.hold("cn", "tax", today()))).isInstanceOf(Unavailable.class);

        assertThat(whoHasAKeyIn(home)).containsExactly(ada);
        assertThat(whoHasAKeyIn(abroad)).containsExactly(bo);
        assertThat(room.count("sluice.vault.alerts", "alert", "NO_STORE", "reason", "REGION_UNKNOWN"))
                .isEqualTo(3);
    }

    @Test
    void whatTheLawKeepsOfAPersonIsHeldInTheirHomeRegionAndSurvivesThem() {
        Hold hold = await(room.vault.hold(ABROAD, "tax", today()));
        Sealed held = await(room.vault.reseal(hold, List.of(bosName))).getFirst();
        await(room.vault.shred(ABROAD, bo));

        assertThat(whoHasAKeyIn(abroad)).containsExactly(hold.id());
        assertThat(whoHasAKeyIn(home)).containsExactly(ada);
        assertThat(room.open(room.permit(ada, bo, order, NAME), holding(bosName, held)))
                .containsExactly("Bo Peep");
        assertThat(room.refusal(room.permit(ada, bo, order, NAME), bosName)).isEqualTo(Reason.KEY_NOT_USABLE);
    }

    @Test
    void aHoldOfOneRegionTakesNothingOfAnothersPersons() {
        Hold hold = await(room.vault.hold(HOME, "tax", today()));

        assertThatThrownBy(() -> await(room.vault.reseal(hold, List.of(bosName))))
                .isInstanceOf(FieldNotOpened.class);
    }

    @Test
    void epochsOfOneRegionTurnWithoutThoseOfAnother() {
        List<KeyUpkeep> upkeep = room.vault.upkeep(EpochSettings.of(Duration.ofDays(1), Duration.ofDays(7)));
        assertThat(upkeep).extracting(KeyUpkeep::region).containsExactly(HOME, ABROAD);
        int before = newest(upkeep.getLast());

        int turned = await(upkeep.getFirst().rotate());

        assertThat(epochsIn(home)).containsExactly(turned);
        assertThat(epochsIn(abroad)).containsExactly(before);
        assertThat(newest(upkeep.getLast())).isEqualTo(before);
        assertThat(room.meters
                        .get("sluice.vault.epoch")
                        .tag("region", HOME)
                        .gauge()
                        .value())
                .isEqualTo(turned);
        assertThat(room.open(room.permit(ada, bo, order, EMAIL, NAME), adasEmail, bosName))
                .containsExactly("ada@example.org", "Bo Peep");
    }

    /** As somebody would who has got hold of both stores, but of the key-encryption keys of one region only. */
    private void bringRowOfBoHome() {
        await(abroad.query(
                        "select version, kek_epoch, wrapped, created_at from vault.subject_key where subject = $1",
                        Tuple.of(bo.value()))
                .compose(rows -> {
                    var row = rows.iterator().next();
                    return home.query(
                            """
                            insert into vault.subject_key (subject, version, kek_epoch, wrapped, created_at)
                            values ($1, $2, $3, $4, $5)""",
                            Tuple.of(
                                    bo.value(),
                                    row.getInteger(0),
                                    row.getInteger(1),
                                    row.getBuffer(2),
                                    row.getOffsetDateTime(3)));
                }));
    }

    private static int newest(KeyUpkeep upkeep) {
        return await(upkeep.standing()).getLast().epoch().number();
    }

    private static LocalDate today() {
        return NOW.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static Set<SubjectId> whoHasAKeyIn(Database store) {
        Set<SubjectId> found = new HashSet<>();
        await(store.query("select subject from vault.subject_key where wrapped is not null", Tuple.tuple()))
                .forEach(row -> found.add(new SubjectId(row.getUUID(0))));
        return found;
    }

    private static Set<Integer> epochsIn(Database store) {
        Set<Integer> found = new HashSet<>();
        await(store.query("select distinct kek_epoch from vault.subject_key", Tuple.tuple()))
                .forEach(row -> found.add(row.getInteger(0)));
        return found;
    }
}
