package io.sluice.vault.keystore;

import static io.sluice.vault.Strongroom.await;
import static io.sluice.vault.keystore.KeystoreInItsOwnJvm.contents;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyNotUsable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeystoreFileTest {

    private static final String PASSWORD = QuickKeystore.PASSWORD;
    private static final int FEW_ROUNDS = QuickKeystore.FEW_ROUNDS;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

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
    void inAFolderThatIsNotThereYet() {
        file = folder.resolve("keys/keystore");
    }

    @Test
    void isMadeAtTheFirstStartForItsOwnerAlone() throws IOException {
        Keystore made = KeystoreFile.openOrCreate(file, PASSWORD, InstantSource.system());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(made.currentEpoch()).isEqualTo(1);
        assertThat(entries()).as("no draft stays behind").containsExactly(file);
    }

    @Test
    void aRestartFindsTheSameKeys() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        Keystore first = KeystoreFile.open(file, PASSWORD);
        byte[] key = "a key of thirty-two bytes, about".getBytes(StandardCharsets.US_ASCII);
        Buffer wrapped = await(keks(first).wrap(1, key, new byte[] {7}));

        Keystore second = KeystoreFile.openOrCreate(file, PASSWORD, InstantSource.system());

        assertThat(contents(second)).isEqualTo(contents(first));
        assertThat(await(keks(second).unwrap(1, wrapped, new byte[] {7}))).isEqualTo(key);
    }

    @Test
    void twoKeystoresShareNothing() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        Path other = folder.resolve("other");
        KeystoreFile.create(other, PASSWORD, FEW_ROUNDS, NOW);
        Keystore one = KeystoreFile.open(file, PASSWORD);
        Keystore two = KeystoreFile.open(other, PASSWORD);
        assertThat(contents(one)).isNotEqualTo(contents(two));
        Buffer wrapped = await(keks(one).wrap(1, new byte[32], new byte[0]));
        assertThat(reason(keks(two).unwrap(1, wrapped, new byte[0]))).isEqualTo(KeyNotUsable.Reason.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw-rw----", "rw----r--", "rwx------", "rw--w----"})
    void isRefusedIfOthersCouldReadOrChangeIt(String mode) throws IOException {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> KeystoreFile.open(file, PASSWORD))
                .isInstanceOf(KeystoreRefused.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void isAcceptedIfItsOwnerAloneCanReadIt(String mode) throws IOException {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThat(KeystoreFile.open(file, PASSWORD).currentEpoch()).isEqualTo(1);
    }

    @Test
    void doesNotOpenWithAnotherPassword() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        assertThatThrownBy(() -> KeystoreFile.open(file, "battery staple"))
                .isInstanceOf(KeystoreRefused.class)
                .hasMessageContaining("password is wrong")
                .hasMessageNotContaining("battery");
    }

    @Test
    void doesNotOpenOnceAnyOfItsBytesWasChanged() throws IOException {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        byte[] sound = Files.readAllBytes(file);
        // the number of rounds is left out: changed, it would only take its time before it failed
        for (int at : List.of(0, 17, 22, 30, 40, 49, 50, sound.length / 2, sound.length - 1)) {
            byte[] broken = sound.clone();
            broken[at] ^= 1;
            Files.write(file, broken);
            assertThatThrownBy(() -> KeystoreFile.open(file, PASSWORD))
                    .as("byte %d changed", at)
                    .isInstanceOf(KeystoreRefused.class);
        }
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> KeystoreFile.open(file, PASSWORD)).isInstanceOf(KeystoreRefused.class);
    }

    @Test
    void isNotMadeUpWhereItMustBeThere() throws IOException {
        assertThatThrownBy(() -> KeystoreFile.open(file, PASSWORD))
                .isInstanceOf(KeystoreRefused.class)
                .hasMessageContaining("there is none");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherThatIsThereIsNeverReplaced() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        String first = contents(KeystoreFile.open(file, PASSWORD));
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        assertThat(contents(KeystoreFile.open(file, PASSWORD))).isEqualTo(first);
    }

    @Test
    void threadsThatMakeItAtOnceEndUpWithOne() throws Exception {
        int threads = 8;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<String> make = () -> {
            start.await(30, TimeUnit.SECONDS);
            KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
            return contents(KeystoreFile.open(file, PASSWORD));
        };
        List<String> found = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (var made :
                    pool.invokeAll(Stream.generate(() -> make).limit(threads).toList())) {
                found.add(made.get(60, TimeUnit.SECONDS));
            }
        }
        assertThat(found).hasSize(threads).containsOnly(found.getFirst());
        assertThat(entries()).containsExactly(file);
    }

    @Test
    void processesThatMakeItAtOnceEndUpWithOne() throws Exception {
        List<Process> nodes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            nodes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            KeystoreInItsOwnJvm.class.getName(),
                            file.toString(),
                            PASSWORD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        try {
            List<BufferedReader> outputs =
                    nodes.stream().map(Process::inputReader).toList();
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process node : nodes) {
                OutputStream start = node.getOutputStream();
                start.write('\n');
                start.flush();
            }
            String here = contents(KeystoreFile.openOrCreate(file, PASSWORD, InstantSource.system()));
            for (BufferedReader output : outputs) {
                assertThat(output.lines().toList()).last().isEqualTo(here);
            }
        } finally {
            nodes.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void holdsNoKeyInClear() throws IOException, GeneralSecurityException {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        byte[] bytes = Files.readAllBytes(file);
        KeyMaterial material = KeystoreForm.open(bytes, (rounds, salt) -> PasswordKey.derive(PASSWORD, rounds, salt))
                .material();
        String stored = HexFormat.of().formatHex(bytes);
        assertThat(stored)
                .doesNotContain(HexFormat.of()
                        .formatHex(
                                Objects.requireNonNull(material.keks().get(1)).key()));
        byte[] exponent =
                material.signing().getFirst().privateKey().getPrivateExponent().toByteArray();
        assertThat(stored).doesNotContain(HexFormat.of().formatHex(exponent));
    }

    @Test
    void aKeyOfAnEpochThatIsGoneDoesNotOpen() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        KekProvider keystore = keks(KeystoreFile.open(file, PASSWORD));
        Buffer wrapped = await(keystore.wrap(1, new byte[32], new byte[0]));
        assertThat(reason(keystore.unwrap(2, wrapped, new byte[0]))).isEqualTo(KeyNotUsable.Reason.EPOCH_GONE);
        assertThat(reason(keystore.unwrap(1, wrapped, new byte[] {1}))).isEqualTo(KeyNotUsable.Reason.NOT_AUTHENTIC);
    }

    @Test
    void usesOfHashesAreApart() {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        Keystore keystore = KeystoreFile.open(file, PASSWORD);
        assertThat(Stream.of(HashUse.values())
                        .map(use -> keystore.keyedHash(use).hex("same")))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.length() == 64);
    }

    @Test
    void theSigningKeySignsWhatItsPublicHalfVerifies() throws GeneralSecurityException {
        KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, NOW);
        SigningKeyPair pair = KeystoreFile.open(file, PASSWORD).signingKeys().getFirst();
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.privateKey());
        signature.update((byte) 1);
        byte[] signed = signature.sign();
        signature.initVerify(pair.publicKey());
        signature.update((byte) 1);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(pair.publicKey().getModulus().bitLength()).isEqualTo(2048);
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(file.getParent())) {
            return entries.toList();
        }
    }

    private static KekProvider keks(Keystore keystore) {
        return keystore.keks(vertx, InstantSource.fixed(NOW));
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
