package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Clause;
import io.sluice.storage.Database;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was law once stays to be read as it was, on a real PostgreSQL. */
class LawArchiveIT {

    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    private final Vertx vertx = Vertx.vertx();
    private final Database database = Database.open(vertx, PostgresFixture.freshDatabase("storage", "stewardship"));

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private SigningKeys keys;
    private LawArchive archive;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = SigningKeys.in(folder);
        archive = new LawArchive(database, keys.signers(), meters);
    }

    @AfterEach
    void close() throws Exception {
        await(database.close());
        await(vertx.close());
    }

    @Test
    @Clause("E1")
    void aVersionStaysToBeReadWhenItsFileIsGone() throws Exception {
        version("v1", "2026-02-01", "P90D");
        version("v2", "2026-06-01", "P90D");
        store();
        Files.delete(folder.resolve("v1.yaml"));

        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1", "v2");
        assertThat(store().getFirst().text()).contains("version: v1");
    }

    @Test
    @Clause("E1")
    void aReleasedVersionIsNotPublishedWithAnotherText() throws Exception {
        version("v1", "2026-02-01", "P90D");
        store();
        version("v1", "2026-02-01", "P91D");

        assertThatThrownBy(this::store).rootCause().hasMessageContaining("v1 was published with another text");
        assertThat(await(database.query("select text from stewardship.law", Tuple.tuple()))
                        .iterator()
                        .next()
                        .getString(0))
                .contains("keep: P90D");
    }

    @Test
    void aDraftMayStillChange() throws Exception {
        version("v1-draft", "2026-02-01", "P90D");
        store();
        version("v1-draft", "2026-02-01", "P91D");

        assertThat(store().getFirst().text()).contains("keep: P91D");
    }

    @Test
    @Clause("E1")
    void noSqlChangesARelease() throws Exception {
        version("v1", "2026-02-01", "P90D");
        store();

        for (String sql : List.of(
                "update stewardship.law set text = ''",
                "update stewardship.law set version = 'v0'",
                "delete from stewardship.law",
                "truncate stewardship.law")) {
            assertThatThrownBy(() -> await(database.query(sql, Tuple.tuple())))
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining("never changed");
        }
    }

    @Test
    @Clause("E2")
    void aNodeWhoseFolderLacksTheVersionInForceDoesNotStart() throws Exception {
        version("v1", "2026-02-01", "P90D");
        version("v2", "2026-06-01", "P90D");
        store();
        Files.delete(folder.resolve("v2.yaml"));

        assertThatThrownBy(this::store).rootCause().hasMessageContaining("v2 is in force in this shop");
    }

    @Test
    @Clause("E1")
    void whatNobodyTrustedHasSignedIsNeitherPublishedNorInForceAndIsReported() throws Exception {
        version("v1", "2026-02-01", "P90D");
        store();
        write("v2", Instant.parse("2026-06-01T00:00:00Z"), "version: v2", "nobody", "AAAA");

        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1");
        assertThat(untrusted()).isEqualTo(1);
        await(archive.note(await(archive.versions())));
        assertThat(await(archive.state(InstantSource.system(), System::nanoTime))
                        .inEffect())
                .containsExactly("v1");
    }

    @Test
    @Clause("E1")
    void aTrustedSignatureMakesNoLawOfAnotherNameOrAnotherTextOrAnotherInstant() throws Exception {
        Path file = version("v1", "2026-02-01", "P90D");
        store();
        String text = Files.readString(file);
        LawSignature signature = LawSignature.of(file).orElseThrow();
        Instant passed = Instant.parse("2026-06-01T00:00:00Z");
        write("v2", passed, text, signature.signer(), signature.base64());
        write("v1", passed, text + " ", signature.signer(), signature.base64());
        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1");
        assertThat(untrusted()).isEqualTo(2);

        version("v3", "2026-06-15", "P90D");
        Path next = folder.resolve("v3.yaml");
        LawSignature own = LawSignature.of(next).orElseThrow();
        write("v3", passed, Files.readString(next), own.signer(), own.base64());
        assertThat(store())
                .as("it is law, and from the instant on that was signed")
                .extracting(PublishedLaw::effectiveAt)
                .contains(Instant.parse("2026-06-15T00:00:00Z"))
                .doesNotContain(passed);
    }

    @Test
    @Clause("E2")
    void whatNobodyTrustedHasSignedKeepsNobodyFromStartingAndNoVersionFromItsName() throws Exception {
        write("v1", Instant.parse("2026-01-01T00:00:00Z"), "version: v1", "nobody", "AAAA");
        write("v9", Instant.parse("2026-06-30T00:00:00Z"), "version: v9", "nobody", "AAAA");
        version("v1", "2026-02-01", "P90D");

        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1");
        assertThat(store().getFirst().text()).contains("keep: P90D");
    }

    @Test
    @Clause("E2")
    void theFirstVersionsOfAShopMayHaveTakenEffectLongAgo() throws Exception {
        version("v1", "2026-02-01", "P90D");
        version("v2", "2026-06-01", "P90D");

        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1", "v2");
    }

    @Test
    @Clause("E2")
    void aNewVersionIsNotStoredAfterItsInstantNorSoSoonBeforeThatANodeMightNotHaveLearntOfIt() throws Exception {
        version("v1", "2026-02-01", "P90D");
        store();
        Instant now = await(archive.state(InstantSource.system(), System::nanoTime))
                .clock()
                .database();
        for (Instant late : List.of(now.minus(Duration.ofDays(1)), now.plus(LawArchive.NOTICE.minusSeconds(1)))) {
            Instant instant = late.truncatedTo(ChronoUnit.SECONDS);
            version("v2", instant);

            assertThatThrownBy(this::store)
                    .as("the file, the version, its instant and the database's time")
                    .rootCause()
                    .hasMessageContaining("v2.yaml: v2 would take effect at " + instant)
                    .hasMessageContaining(
                            "by the database's clock it is " + now.toString().substring(0, 14));
            assertThat(await(archive.versions()))
                    .as("nothing of it is stored")
                    .extracting(PublishedLaw::version)
                    .containsExactly("v1");
        }

        version("v2", now.plus(LawArchive.NOTICE).plusSeconds(60));
        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1", "v2");
        assertThat(store()).as("and again, at the next start").hasSize(2);
    }

    @Test
    @Clause("E2")
    void aDraftsInstantIsMovedLikeANewVersionsAndNoLongerOnceItHasCome() throws Exception {
        version("v1", "2026-02-01", "P90D");
        Instant now = await(archive.state(InstantSource.system(), System::nanoTime))
                .clock()
                .database();
        version("v2-draft", now.plus(Duration.ofDays(2)));
        store();

        version("v2-draft", now.plusSeconds(1));
        assertThatThrownBy(this::store).rootCause().hasMessageContaining("v2-draft.yaml: v2-draft would take effect");
        Instant later = now.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        version("v2-draft", later);
        assertThat(store().getLast().effectiveAt()).isEqualTo(later);

        version("v1", "2026-02-01", "P90D");
        version("v0-draft", "2026-01-20", "P90D");
        Files.delete(folder.resolve("v2-draft.yaml"));
        assertThatThrownBy(this::store).as("new").rootCause().hasMessageContaining("v0-draft would take effect");
    }

    @Test
    @Clause("E2")
    void aDraftThatHasTakenEffectKeepsItsInstant() throws Exception {
        version("v1-draft", "2026-02-01", "P90D");
        store();
        version("v1-draft", "2026-02-02", "P90D");

        assertThatThrownBy(this::store)
                .rootCause()
                .hasMessageContaining("v1-draft.yaml: v1-draft took effect at 2026-02-01T00:00:00Z")
                .hasMessageContaining("cannot be moved any more");
    }

    @Test
    void whatATrustedSignerHasSignedCountsWhoeverHasWrittenIt() throws Exception {
        version("v1", "2026-02-01", "P90D");
        store();
        Path file = version("v2", "2026-06-01", "P90D");
        LawSignature signature = LawSignature.of(file).orElseThrow();
        write(
                "v2",
                Instant.parse("2026-06-01T00:00:00Z"),
                Files.readString(file),
                signature.signer(),
                signature.base64());

        assertThat(store()).extracting(PublishedLaw::version).containsExactly("v1", "v2");
        assertThat(untrusted()).isZero();
    }

    /** Writes a row as anybody can who has come by the database's password. */
    private void write(String version, Instant effective, String text, String signer, String signature)
            throws Exception {
        assertThat(await(database.query(
                                "insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)"
                                        + " values ($1, $2, $2, $3, $4, $5)",
                                Tuple.of(version, effective.atOffset(ZoneOffset.UTC), text, signer, signature)))
                        .rowCount())
                .isEqualTo(1);
    }

    private int untrusted() {
        return (int) meters.get("sluice.law.untrusted").gauge().value();
    }

    @CanIgnoreReturnValue
    private Path version(String version, String effective, String keep) throws IOException {
        return keys.version(folder, version, effective, keep);
    }

    /** A version that was announced long enough ago to take effect then. */
    private void version(String version, Instant effective) throws IOException {
        keys.version(folder, version, effective);
    }

    @CanIgnoreReturnValue
    private List<PublishedLaw> store() throws Exception {
        Laws laws = LawFolder.read(folder, LawFileTest.CATALOGUE, keys.signers(), NOW);
        return await(archive.store(laws, NOW));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
