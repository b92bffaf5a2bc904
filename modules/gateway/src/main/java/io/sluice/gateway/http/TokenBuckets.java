package io.sluice.gateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key, for any number of threads and without a lock. A bucket is one instant, the one at which it will be
 * full again (the "generic cell rate algorithm" of ITU-T I.371): a token taken moves it on, and time itself fills the bucket.
 *
 * <p>A full bucket is as good as none, so one that nobody has come to for as long as it takes to fill is forgotten. Of the others so
 * many are remembered and no more: whoever comes by ever new keys makes it forget keys that were hardly used, not the heap grow.
 */
final class TokenBuckets<K> {

    private final LongSupplier nanoTime;
    private final long nanosPerToken;
    private final long mostAhead;
    private final Cache<K, AtomicLong> fullAt;

    /**
     * @param rate that is not unlimited
     * @param most how many buckets are remembered
     */
    TokenBuckets(Rate rate, long most, LongSupplier nanoTime) {
        if (rate.isUnlimited()) {
            throw new IllegalArgumentException("what is not limited needs no bucket");
        }
        this.nanoTime = nanoTime;
        this.nanosPerToken = TimeUnit.SECONDS.toNanos(1) / rate.perSecond();
        this.mostAhead = nanosPerToken * (rate.burst() - 1);
        this.fullAt = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(Duration.ofNanos(mostAhead + nanosPerToken))
                .ticker(nanoTime::getAsLong)
                .build();
    }

    /**
     * Takes a token from this key's bucket, if there is one.
     *
     * @return 0 if it was taken; else after how many nanoseconds there will be one. Nothing was taken then, so asking in vain
     *     does not prolong the wait
     */
    long take(K key) {
        AtomicLong full = fullAt.getIfPresent(key);
        if (full == null) {
            full = fullAt.get(key, unknown -> new AtomicLong(nanoTime.getAsLong()));
        }
        while (true) {
            long now = nanoTime.getAsLong();
            long known = full.get();
            // instants of a monotonic clock, which may be negative and may wrap: only differences mean something
            long ahead = Math.max(0, known - now);
            if (ahead > mostAhead) {
                return ahead - mostAhead;
            }
            if (full.compareAndSet(known, now + ahead + nanosPerToken)) {
                return 0;
            }
        }
    }

    /** About how many buckets are remembered now. */
    long remembered() {
        fullAt.cleanUp();
        return fullAt.estimatedSize();
    }
}
