package io.sluice.vault.keystore;

import static io.sluice.vault.Strongroom.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.vault.KekEpoch;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyNotUsable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the key-encryption keys in a file that several nodes share come and go. */
final class KeystoreEpochsTest {

    private static final Instant MADE = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = MADE.plusSeconds(86_400);
    private static final byte[] KEY = "a key of thirty-two bytes, about".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = {7};

    private static Vertx vertx;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void make() {
        file = folder.resolve("keystore");
        KeystoreFile.create(file, QuickKeystore.PASSWORD, QuickKeystore.FEW_ROUNDS, MADE);
    }

    @Test
    void anEpochEndsWhenTheNextIsMade() {
        KekProvider keks = node();
        assertThat(await(keks.turn(1))).isEqualTo(2);
        assertThat(keks.currentEpoch()).isEqualTo(2);
        assertThat(await(keks.epochs())).containsExactly(new KekEpoch(1, MADE), new KekEpoch(2, LATER));
        assertThat(await(node().epochs())).as("durably").hasSize(2);
    }

    @Test
    void whatWasWrappedBeforeOpensAfterwardsAndSoDoesWhatIsWrappedSince() {
        KekProvider keks = node();
        Buffer before = await(keks.wrap(1, KEY, PLACE));
        assertThat(await(keks.turn(1))).isEqualTo(2);
        Buffer since = await(keks.wrap(2, KEY, PLACE));
        assertThat(await(keks.unwrap(1, before, PLACE))).isEqualTo(KEY);
        assertThat(await(keks.unwrap(2, since, PLACE))).isEqualTo(KEY);
        assertThat(reason(keks.unwrap(2, before, PLACE))).isEqualTo(KeyNotUsable.Reason.NOT_AUTHENTIC);
    }

    @Test
    void anotherNodeReadsTheFileAgainWhenItMeetsAnEpochThatItDoesNotKnow() {
        KekProvider one = node();
        KekProvider other = node();
        assertThat(await(one.turn(1))).isEqualTo(2);
        Buffer wrapped = await(one.wrap(2, KEY, PLACE));
        assertThat(other.currentEpoch()).isEqualTo(1);
        assertThat(await(other.unwrap(2, wrapped, PLACE))).isEqualTo(KEY);
        assertThat(other.currentEpoch()).isEqualTo(2);
    }

    @Test
    void nodesThatTurnAtOnceTurnOnce() {
        List<KekProvider> nodes = IntStream.range(0, 6).mapToObj(each -> node()).toList();
        List<Future<Integer>> turning = new ArrayList<>();
        nodes.forEach(node -> turning.add(node.turn(1)));
        await(Future.all(turning));
        assertThat(turning).allSatisfy(turned -> assertThat(turned.result()).isEqualTo(2));
        assertThat(await(node().epochs())).hasSize(2);
    }

    @Test
    @Clause("D4")
    void aDestroyedEpochOpensNothingWhateverTheFileHoldsLater() {
        KekProvider keks = node();
        Buffer wrapped = await(keks.wrap(1, KEY, PLACE));
        assertThat(await(keks.turn(1))).isEqualTo(2);
        await(keks.destroyThrough(1));
        assertThat(await(keks.epochs())).containsExactly(new KekEpoch(2, LATER));
        assertThat(reason(keks.unwrap(1, wrapped, PLACE))).isEqualTo(KeyNotUsable.Reason.EPOCH_GONE);
        assertThat(reason(node().unwrap(1, wrapped, PLACE))).isEqualTo(KeyNotUsable.Reason.EPOCH_GONE);
        assertThat(reason(node().unwrap(2, wrapped, PLACE))).isEqualTo(KeyNotUsable.Reason.NOT_AUTHENTIC);
        assertThat(await(keks.turn(2))).as("numbers are not used again").isEqualTo(3);
    }

    @Test
    void anotherNodeForgetsADestroyedEpochWhenItLooks() {
        KekProvider one = node();
        KekProvider other = node();
        Buffer wrapped = await(one.wrap(1, KEY, PLACE));
        assertThat(await(one.turn(1))).isEqualTo(2);
        await(one.destroyThrough(1));
        assertThat(await(other.epochs())).containsExactly(new KekEpoch(2, LATER));
        assertThat(reason(other.unwrap(1, wrapped, PLACE))).isEqualTo(KeyNotUsable.Reason.EPOCH_GONE);
    }

    @Test
    void theCurrentEpochIsNotDestroyed() {
        KekProvider keks = node();
        assertThatThrownBy(() -> await(keks.destroyThrough(1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(await(node().epochs())).hasSize(1);
    }

    @Test
    void theFileStaysItsOwnersAloneAndNoDraftIsLeft() throws IOException {
        KekProvider keks = node();
        assertThat(await(keks.turn(1))).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> entries = Files.list(folder)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("keystore", ".keystore.lock");
        }
    }

    @Test
    void theBytesThatHeldADestroyedKeyAreWipedFromTheDisk() throws IOException {
        KekProvider keks = node();
        assertThat(await(keks.turn(1))).isEqualTo(2);
        Path sameBytes = Files.createLink(folder.resolve("link"), file);
        await(keks.destroyThrough(1));
        assertThat(Files.readAllBytes(sameBytes)).containsOnly(0);
        assertThat(await(node().epochs())).hasSize(1);
    }

    @Test
    void aDraftThatACrashLeftBehindChangesNothing() throws IOException {
        Files.write(folder.resolve(".keystore-1.new"), new byte[] {1, 2, 3});
        KekProvider keks = node();
        assertThat(await(keks.turn(1))).isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeChangedSaysSo() throws IOException {
        KekProvider keks = node();
        Files.delete(file);
        assertThatThrownBy(() -> await(keks.turn(1))).isInstanceOf(KeystoreRefused.class);
        KeystoreFile.create(file, QuickKeystore.PASSWORD, QuickKeystore.FEW_ROUNDS, MADE);
        assertThatThrownBy(() -> await(keks.epochs()))
                .isInstanceOf(KeystoreRefused.class)
                .hasMessageContaining("another keystore was put in its place");
        assertThat(keks.currentEpoch()).as("it goes on with what it knows").isEqualTo(1);
    }

    @Test
    void aFileOfTheFirstFormOpensAndIsWrittenAnewAtItsFirstTurn() throws IOException {
        byte[] kek = new byte[32];
        kek[5] = 5;
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(old)) {
            out.writeInt(1);
            out.writeInt(1);
            out.writeInt(32);
            out.write(kek);
            out.writeInt(32);
            out.write(new byte[32]);
            byte[] pair = SigningKeyPair.generate().privateKey().getEncoded();
            out.writeInt(1);
            out.writeInt(pair.length);
            out.write(pair);
        }
        SecureRandom random = new SecureRandom();
        Files.write(
                file,
                KeystoreForm.seal(
                        "sluice keystore 1\n".getBytes(StandardCharsets.US_ASCII),
                        old.toByteArray(),
                        PasswordKey.make(QuickKeystore.PASSWORD, QuickKeystore.FEW_ROUNDS, random),
                        random));
        Keystore opened = KeystoreFile.open(file, QuickKeystore.PASSWORD);
        String hash = opened.keyedHash(HashUse.BLIND_INDEX).hex("x");
        String signing = opened.signingKeys().getFirst().id();
        KekProvider keks = opened.keks(vertx, InstantSource.fixed(LATER));
        assertThat(await(keks.epochs())).containsExactly(new KekEpoch(1, Instant.EPOCH));
        Buffer wrapped = await(keks.wrap(1, KEY, PLACE));

        assertThat(await(keks.turn(1))).isEqualTo(2);

        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .startsWith("sluice keystore 2\n");
        Keystore again = KeystoreFile.open(file, QuickKeystore.PASSWORD);
        assertThat(again.keyedHash(HashUse.BLIND_INDEX).hex("x")).isEqualTo(hash);
        assertThat(again.signingKeys().getFirst().id()).isEqualTo(signing);
        assertThat(await(again.keks(vertx, InstantSource.fixed(LATER)).unwrap(1, wrapped, PLACE)))
                .isEqualTo(KEY);
    }

    @Test
    void aPartThatThisProgramDoesNotKnowIsKept() throws Exception {
        SecureRandom random = new SecureRandom();
        byte[] newer = withPart(KeyMaterial.generate(random, MADE).encode(), "from-the-future", new byte[] {4, 2});
        KeyMaterial material = KeyMaterial.decode(newer).turned(random, LATER);
        assertThat(new String(material.encode(), StandardCharsets.ISO_8859_1))
                .contains("from-the-future\0\0\0\u0002\u0004\u0002");
        assertThat(KeyMaterial.decode(material.encode()).epochs()).hasSize(2);
    }

    private static byte[] withPart(byte[] material, String name, byte[] part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(4);
            out.write(material, 4, material.length - 4);
            out.writeUTF(name);
            out.writeInt(part.length);
            out.write(part);
        }
        return bytes.toByteArray();
    }

    private KekProvider node() {
        return KeystoreFile.open(file, QuickKeystore.PASSWORD).keks(vertx, InstantSource.fixed(LATER));
    }

    private static KeyNotUsable.Reason reason(Future<?> failing) {
        try {
            await(failing);
        } catch (KeyNotUsable refused) {
            return refused.reason();
        }
        throw new AssertionError("opened what should have stayed closed");
    }
}
