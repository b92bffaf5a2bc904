package io.sluice.vault;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Supplier;

/** Key-encryption keys that a test keeps waiting or lets fail. */
final class KeksInHand implements KekProvider {

    private final KekProvider keks;
    /** Asked before each wrapping and each unwrapping. */
    Supplier<Future<Void>> beforeWrap = Future::succeededFuture;

    Supplier<Future<Void>> beforeUnwrap = Future::succeededFuture;

    KeksInHand(KekProvider keks) {
        this.keks = keks;
    }

    @Override
    public int currentEpoch() {
        return keks.currentEpoch();
    }

    @Override
    public Future<List<KekEpoch>> epochs() {
        return keks.epochs();
    }

    @Override
    public Future<Integer> turn(int from) {
        return keks.turn(from);
    }

    @Override
    public Future<Void> destroyThrough(int epoch) {
        return keks.destroyThrough(epoch);
    }

    @Override
    public Future<Buffer> wrap(int epoch, byte[] key, byte[] associatedData) {
        return beforeWrap.get().compose(now -> keks.wrap(epoch, key, associatedData));
    }

    @Override
    public Future<byte[]> unwrap(int epoch, Buffer wrapped, byte[] associatedData) {
        return beforeUnwrap.get().compose(now -> keks.unwrap(epoch, wrapped, associatedData));
    }
}
