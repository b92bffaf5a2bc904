package io.sluice.vault.keystore;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.sluice.vault.KekEpoch;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyedHash;
import io.sluice.vault.keystore.KeystoreForm.Opened;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An opened keystore, as it was when its file was read last. Several nodes share the file: what one of them changes the others
 * find when they read it again. Safe for many threads.
 */
public final class Keystore {

    private final Path file;
    private final PasswordKey key;
    private final SecureRandom random = new SecureRandom();
    private volatile Contents contents;

    /** What the file held, and its key-encryption keys ready for use. */
    private record Contents(KeyMaterial material, Map<Integer, Aead> keks) {}

    Keystore(Path file, Opened opened) {
        this.file = file;
        this.key = opened.key();
        this.contents = ready(opened.material());
    }

    private static Contents ready(KeyMaterial material) {
        Map<Integer, Aead> keks = new HashMap<>();
        material.keks().forEach((epoch, kek) -> keks.put(epoch, aead(kek.key())));
        return new Contents(material, keks);
    }

    private static Aead aead(byte[] key) {
        try {
            return new AesGcmJce(key);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no AES-256-GCM", missing);
        }
    }

    /** Hashes for one use; hashes for another use share nothing with them. */
    public KeyedHash keyedHash(HashUse use) {
        return contents.material().keyedHash(use);
    }

    /** The key pairs for access tokens: the first signs, each verifies. There is at least one. */
    public List<SigningKeyPair> signingKeys() {
        return contents.material().signing();
    }

    /** Its key-encryption keys, for a vault. */
    public KekProvider keks(Vertx vertx, InstantSource clock) {
        return new KeystoreKeks(vertx, this, clock);
    }

    int currentEpoch() {
        return contents.material().keks().lastKey();
    }

    List<KekEpoch> epochs() {
        return contents.material().epochs();
    }

    /** The key-encryption key of this epoch; null if none is known here. */
    @Nullable Aead kek(int epoch) {
        return contents.keks().get(epoch);
    }

    /** Reads the file again. Blocks, not for long. @throws KeystoreRefused if it cannot be used, or is another keystore */
    void reread() {
        take(KeystoreFile.opened(file, this::unlock).material());
    }

    private PasswordKey unlock(int rounds, byte[] salt) throws IOException {
        if (!key.fits(rounds, salt)) {
            throw new IOException("another keystore was put in its place; start again to use it");
        }
        return key;
    }

    /** Adds a key for the next epoch unless somebody has by now. Blocks. */
    void turn(int from, Instant now) {
        change(material -> material.keks().lastKey() > from ? material : material.turned(random, now));
    }

    /** Removes the keys of these epochs from the file and from memory, for good. Blocks. */
    void destroyThrough(int epoch) {
        change(material -> {
            if (epoch >= material.keks().lastKey()) {
                throw new IllegalArgumentException("the current epoch's key cannot be destroyed");
            }
            return material.keks().firstKey() > epoch ? material : material.without(epoch);
        });
    }

    private void change(UnaryOperator<KeyMaterial> change) {
        take(FileTurn.take(file, () -> {
            KeyMaterial present = KeystoreFile.opened(file, this::unlock).material();
            KeyMaterial next = change.apply(present);
            if (next != present) {
                KeystoreFile.replace(file, KeystoreForm.seal(next, key, random));
            }
            return next;
        }));
    }

    /**
     * Uses these contents from now on, and wipes the others' keys. What was read before another thread went further is left:
     * epochs are added on one side and taken away on the other, never back.
     */
    private synchronized void take(KeyMaterial next) {
        KeyMaterial before = contents.material();
        if (next.keks().lastKey() < before.keks().lastKey()
                || next.keks().firstKey() < before.keks().firstKey()) {
            return;
        }
        contents = ready(next);
        before.keks().values().forEach(kek -> Arrays.fill(kek.key(), (byte) 0));
    }

    @Override
    public String toString() {
        return "Keystore[epoch=" + currentEpoch() + "]";
    }
}
