package io.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.gateway.http.Origin;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts wrong passwords from one origin for one account, known by the index of its e-mail address, within a time
 * that begins with the first. An attempt counts from its start, so that many at once do not slip through; a right password
 * clears the count.
 */
final class AttemptLimit {

    private record Key(Origin client, String emailIndex) {}

    private final Cache<Key, AtomicInteger> counts;
    private final AccountSettings.Attempts settings;

    AttemptLimit(AccountSettings.Attempts settings, Ticker ticker) {
        this.settings = settings;
        this.counts = Caffeine.newBuilder()
                .maximumSize(settings.maxRemembered())
                .expireAfterWrite(settings.within())
                .ticker(ticker)
                .build();
    }

    /** Begins an attempt; false if there were too many. */
    boolean begin(Origin client, String emailIndex) {
        AtomicInteger count = counts.get(new Key(client, emailIndex), key -> new AtomicInteger());
        return count.incrementAndGet() <= settings.allowed();
    }

    /** An attempt that nobody has judged was no wrong one. */
    void takeBack(Origin client, String emailIndex) {
        AtomicInteger count = counts.getIfPresent(new Key(client, emailIndex));
        if (count != null) {
            // not below none: the count may be a later one, begun after the attempt's own had ended
            count.getAndUpdate(begun -> Math.max(0, begun - 1));
        }
    }

    void succeeded(Origin client, String emailIndex) {
        counts.invalidate(new Key(client, emailIndex));
    }

    /** After how many seconds trying again makes sense, at the latest. */
    long retryAfterSeconds() {
        return settings.within().toSeconds();
    }
}
