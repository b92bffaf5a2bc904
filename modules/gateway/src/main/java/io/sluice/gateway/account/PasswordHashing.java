package io.sluice.gateway.account;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with Argon2id, on threads of its own and few at a time: hashing is made to be slow, and whoever sends
 * many must not take the machine. Past its queue it fails with {@link Unavailable}.
 */
final class PasswordHashing {

    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private final WorkerExecutor workers;
    private final Argon2Function function;
    private final int maxInHand;
    private final AtomicInteger inHand = new AtomicInteger();
    private final Counter turnedAway;
    private final String nobodysHash;

    PasswordHashing(Vertx vertx, AccountSettings.Hashing settings, MeterRegistry meters) {
        workers = vertx.createSharedWorkerExecutor("passwords", settings.workers());
        function = Argon2Function.getInstance(
                settings.memoryKib(), settings.iterations(), settings.parallelism(), HASH_LENGTH, Argon2.ID);
        maxInHand = settings.workers() + settings.maxWaiting();
        turnedAway = meters.counter("sluice.passwords.turned-away");
        meters.gauge("sluice.passwords.in-hand", inHand);
        // a hash that no password has: work for those whose account does not exist
        nobodysHash = hashNow(UUID.randomUUID().toString());
    }

    /** The hash of a new password, with salt and parameters (PHC string). */
    Future<String> hash(String password) {
        return work(() -> hashNow(password));
    }

    /**
     * Whether the password is the one. Without a stored hash the same work is done, and the answer is no.
     *
     * @param stored null if there is no such account
     */
    Future<Boolean> matches(String password, @Nullable Plain<String> stored) {
        return work(() -> {
            String hash = stored == null ? nobodysHash : stored.reveal();
            boolean isRight = Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
            return isRight && stored != null;
        });
    }

    private String hashNow(String password) {
        return Password.hash(password).addRandomSalt(SALT_LENGTH).with(function).getResult();
    }

    private <T> Future<T> work(Callable<T> task) {
        if (inHand.incrementAndGet() > maxInHand) {
            inHand.decrementAndGet();
            turnedAway.increment();
            return Future.failedFuture(new Unavailable("password-hashing"));
        }
        return workers.executeBlocking(task, false)
                .map(result -> Objects.requireNonNull(result))
                .onComplete(done -> inHand.decrementAndGet());
    }
}
