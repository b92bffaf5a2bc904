package io.sluice.vault.keystore;

import com.google.crypto.tink.Aead;
import io.sluice.kernel.Unavailable;
import io.sluice.vault.KekEpoch;
import io.sluice.vault.KekProvider;
import io.sluice.vault.KeyNotUsable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A keystore's key-encryption keys. Answers at once, but for an epoch that is not known: then the file is read again. */
final class KeystoreKeks implements KekProvider {

    private final Vertx vertx;
    private final Keystore keystore;
    private final InstantSource clock;

    KeystoreKeks(Vertx vertx, Keystore keystore, InstantSource clock) {
        this.vertx = vertx;
        this.keystore = keystore;
        this.clock = clock;
    }

    @Override
    public int currentEpoch() {
        return keystore.currentEpoch();
    }

    @Override
    public Future<List<KekEpoch>> epochs() {
        return vertx.executeBlocking(() -> {
                    keystore.reread();
                    return true;
                })
                .map(read -> keystore.epochs());
    }

    @Override
    public Future<Integer> turn(int from) {
        return vertx.executeBlocking(() -> {
                    keystore.turn(from, clock.instant());
                    return true;
                })
                .map(turned -> keystore.currentEpoch());
    }

    @Override
    public Future<Void> destroyThrough(int epoch) {
        return vertx.executeBlocking(() -> {
                    keystore.destroyThrough(epoch);
                    return epoch;
                })
                .mapEmpty();
    }

    @Override
    public Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData) {
        Aead kek = keystore.kek(epoch);
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
        Aead known = keystore.kek(epoch);
        return known != null
                ? unwrap(known, epoch, wrapped, associatedData)
                : epochs().recover(cause -> Future.failedFuture(
                                // a file that cannot be read now does not say that there is no such epoch
                                cause instanceof KeystoreRefused ? new Unavailable("keystore") : cause))
                        .compose(read -> unwrap(keystore.kek(epoch), epoch, wrapped, associatedData));
    }

    private static Future<byte[]> unwrap(@Nullable Aead kek, int epoch, Buffer wrapped, byte[] associatedData) {
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
}
