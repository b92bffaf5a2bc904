package io.sluice.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.kernel.SubjectId;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many requests each person may make of this node, and each address those that are nobody's. One for all event loops. What is
 * refused is counted as {@code sluice.http.limited{by}}, without saying whose it was.
 */
public final class RequestBudgets {

    /** Of persons, and of addresses: some 15 MB of each at most. Apart, so that a storm of addresses makes it forget no person. */
    private static final long MOST_REMEMBERED = 100_000;

    private final Budget<SubjectId> persons;
    private final Budget<Origin> origins;

    /**
     * @param person what each person may ask for
     * @param origin what may be asked for from each address by nobody in particular
     */
    public RequestBudgets(Rate person, Rate origin, LongSupplier nanoTime, MeterRegistry meters) {
        this.persons = new Budget<>(person, nanoTime, meters.counter("sluice.http.limited", "by", "principal"));
        this.origins = new Budget<>(origin, nanoTime, meters.counter("sluice.http.limited", "by", "address"));
    }

    /** Takes one request of this person's: 0, or after how many seconds it may be made. */
    public long take(SubjectId person) {
        return persons.take(person);
    }

    /** Takes one request from this address: 0, or after how many seconds it may be made. */
    public long take(Origin origin) {
        return origins.take(origin);
    }

    private static final class Budget<K> {

        private final @Nullable TokenBuckets<K> buckets;
        private final Counter refused;

        Budget(Rate rate, LongSupplier nanoTime, Counter refused) {
            this.buckets = rate.isUnlimited() ? null : new TokenBuckets<>(rate, MOST_REMEMBERED, nanoTime);
            this.refused = refused;
        }

        long take(K key) {
            if (buckets == null) {
                return 0;
            }
            long wait = buckets.take(key);
            if (wait == 0) {
                return 0;
            }
            refused.increment();
            // rounded up: a second too early would be refused again
            return 1 + (wait - 1) / TimeUnit.SECONDS.toNanos(1);
        }
    }
}
