package io.sluice.stewardship.erasure;

import java.time.Duration;

/**
 * @param sweep how often a node looks for erasures that are due
 * @param lease how long it may be busy with some before another node takes them over
 * @param pause after which one is looked at again that has to wait, or failed
 * @param atOnce how many are carried out together
 */
public record ErasureSettings(Duration sweep, Duration lease, Duration pause, int atOnce) {

    public ErasureSettings {
        if (sweep.toMillis() < 1 || lease.toMillis() < 1 || pause.toMillis() < 1 || atOnce < 1) {
            throw new IllegalArgumentException("sweep, lease, pause and limit must be positive");
        }
    }

    public static ErasureSettings standard() {
        return new ErasureSettings(Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofSeconds(10), 8);
    }
}
