package io.sluice.vault.keystore;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyNotUsable;
import io.sluice.vault.KeyedHash;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An opened keystore. Answers at once; safe for many threads. */
public final class Keystore implements KekProvider {

    private final KeyMaterial material;
    private final Map<Integer, Aead> keks = new HashMap<>();

    Keystore(KeyMaterial material) {
        this.material = material;
        material.keks().forEach((epoch, key) -> keks.put(epoch, aead(key)));
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
        return material.keyedHash(use);
    }

    /** The key pairs for access tokens: the first signs, each verifies. There is at least one. */
    public List<SigningKeyPair> signingKeys() {
        return List.copyOf(material.signing());
    }

    @Override
    public int currentEpoch() {
        return material.keks().lastKey();
    }

    @Override
    public Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData) {
        Aead kek = keks.get(epoch);
        if (kek == null) {
            return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.EPOCH_GONE));
        }
        try {
            return Future.succeededFuture(Buffer.buffer(kek.encrypt(key, place(epoch, associatedData))));
        } catch (GeneralSecurityException failed) {
            return Future.failedFuture(failed);
        }
    }

    @Override
    public Future<byte[]> unwrap(int epoch, Buffer wrapped, byte[] associatedData) {
        Aead kek = keks.get(epoch);
        if (kek == null) {
            return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.EPOCH_GONE));
        }
        try {
            return Future.succeededFuture(kek.decrypt(wrapped.getBytes(), place(epoch, associatedData)));
        } catch (GeneralSecurityException notAuthentic) {
            // what the cipher says of it helps nobody but a forger
            return Future.failedFuture(new KeyNotUsable(KeyNotUsable.Reason.NOT_AUTHENTIC));
        }
    }

    private static byte[] place(int epoch, byte[] associatedData) {
        return ByteBuffer.allocate(4 + associatedData.length)
                .putInt(epoch)
                .put(associatedData)
                .array();
    }

    @Override
    public String toString() {
        return "Keystore[epoch=" + currentEpoch() + "]";
    }
}
