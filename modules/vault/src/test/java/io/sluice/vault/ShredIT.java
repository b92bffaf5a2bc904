package io.sluice.vault;

import static io.sluice.vault.Strongroom.HOME;
import static io.sluice.vault.Strongroom.NAME;
import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.Strongroom.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.guard.FieldOpener.Item;
import io.sluice.kernel.Clause;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.FieldNotOpened.Reason;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.QuickKeystore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shredding has brought about, on every node, when its answer comes. */
final class ShredIT {

    @TempDir
    private static Path folder;

    private static Vertx vertx;
    private static DatabaseSettings settings;
    private static Keystore keystore;

    private final SubjectId ada = somebody();
    private final SubjectId bo = somebody();
    private final UUID order = UUID.randomUUID();
    private Strongroom here;
    private Strongroom there;
    private Item adas;
    private Item bos;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        settings = PostgresFixture.freshDatabase("vault");
        keystore = QuickKeystore.open(folder.resolve("keystore"), Strongroom.NOW);
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void bothNodesHaveBothKeysInMemory() {
        here = Strongroom.inEarnest(vertx, settings, keystore);
        there = Strongroom.inEarnest(vertx, settings, keystore);
        adas = here.item(ada, NAME, order, "Ada");
        bos = here.item(bo, NAME, order, "Bo");
        assertOpens(there, adas);
        assertOpens(there, bos);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    @Clause("D4")
    void onceAShreddingHasReturnedNoNodeOpensAnythingOfThePerson() {
        await(here.vault.shred(HOME, ada));
        assertThat(refusal(here, adas)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertThat(refusal(there, adas)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertOpens(here, bos);
        assertOpens(there, bos);
    }

    @Test
    void aNodeThatIsCutOffFromTheKeyStoreOpensNothingEither() {
        await(there.database.close());
        await(here.vault.shred(HOME, ada));
        assertThatThrownBy(() -> there.open(there.permit(ada, order, NAME), adas))
                .isInstanceOf(Unavailable.class);
        assertThat(refusal(here, adas)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertOpens(here, bos);
    }

    @Test
    void shreddingTwiceSucceedsTwice() {
        await(Future.all(here.vault.shred(HOME, ada), there.vault.shred(HOME, ada)));
        await(here.vault.shred(HOME, ada));
        assertThat(refusal(there, adas)).isEqualTo(Reason.KEY_NOT_USABLE);
        assertOpens(there, bos);
    }

    @Test
    void aShreddedPersonNeverGetsAnotherKey() {
        await(here.vault.shred(HOME, ada));
        await(here.vault.createKeys(HOME, List.of(ada)));
        await(there.vault.createKeys(HOME, List.of(ada)));
        assertThatThrownBy(() -> there.sealer(ada))
                .isInstanceOfSatisfying(
                        KeyNotUsable.class,
                        cause -> assertThat(cause.reason()).isEqualTo(KeyNotUsable.Reason.SHREDDED));
        assertThat(there.sealer(bo)).isNotNull();
    }

    @Test
    void whoNeverHadAKeyCanBeShreddedAndGetsNone() {
        SubjectId nobody = somebody();
        await(here.vault.shred(HOME, nobody));
        await(there.vault.createKeys(HOME, List.of(nobody)));
        assertThatThrownBy(() -> there.sealer(nobody)).isInstanceOf(KeyNotUsable.class);
    }

    @Test
    void keysInTheMakingWhileTheirPersonsAreShreddedDoNotSurvive() {
        List<SubjectId> persons = new ArrayList<>();
        List<Future<Void>> both = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            SubjectId person = somebody();
            persons.add(person);
            both.add(i % 2 == 0 ? here.vault.createKeys(HOME, List.of(person)) : there.vault.shred(HOME, person));
            both.add(i % 2 == 0 ? there.vault.shred(HOME, person) : here.vault.createKeys(HOME, List.of(person)));
        }
        await(Future.all(both));
        for (SubjectId person : persons) {
            assertThatThrownBy(() -> here.sealer(person)).isInstanceOf(KeyNotUsable.class);
            assertThatThrownBy(() -> there.sealer(person)).isInstanceOf(KeyNotUsable.class);
        }
    }

    @Test
    void theRowHoldsNoKeyAnyMore() {
        await(here.vault.shred(HOME, ada));
        var row = await(here.database.query(
                        "select wrapped, shredded_at is not null from vault.subject_key where subject = $1",
                        Tuple.of(ada.value())))
                .iterator()
                .next();
        assertThat(row.getBuffer(0)).isNull();
        assertThat(row.getBoolean(1)).isTrue();
    }

    @Test
    void aKeyStoreThatLostShreddingsMakesNodesForgetWhatTheyKeep() {
        await(here.vault.shred(HOME, somebody()));
        double before = there.count("sluice.vault.keys", "from", "database");
        assertThat(await(here.database.query("update vault.shredding_count set shreddings = 0", Tuple.tuple()))
                        .rowCount())
                .isEqualTo(1);
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (there.count("sluice.vault.keys", "from", "database") == before && System.nanoTime() < giveUp) {
            assertOpens(there, bos);
        }
        assertThat(there.count("sluice.vault.keys", "from", "database")).isGreaterThan(before);
    }

    private void assertOpens(Strongroom node, Item item) {
        assertThat(node.open(node.permit(item.owner(), order, NAME), item)).hasSize(1);
    }

    private Reason refusal(Strongroom node, Item item) {
        return node.refusal(node.permit(item.owner(), order, NAME), item);
    }
}
