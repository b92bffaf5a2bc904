package io.sluice.kernel;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Makes ids: UUID version 7 (RFC 9562), in the order of their making within one instance. Safe for many threads. */
public final class Ids {

    private final InstantSource clock;
    private final RandomGenerator random;
    private long lastMillis;
    private int sequence;

    public Ids(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static Ids secure(InstantSource clock) {
        return new Ids(clock, new SecureRandom());
    }

    /** The next id. Its 12 bits behind the time count up within one millisecond (RFC 9562, 6.2, method 1). */
    public UUID next() {
        long millis;
        int count;
        synchronized (this) {
            long now = clock.millis();
            if (now > lastMillis) {
                lastMillis = now;
                sequence = 0;
            } else if (++sequence > 0xFFF) {
                lastMillis++;
                sequence = 0;
            }
            millis = lastMillis;
            count = sequence;
        }
        long high = (millis << 16) | 0x7000 | count;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
