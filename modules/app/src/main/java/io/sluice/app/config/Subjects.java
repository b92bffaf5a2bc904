package io.sluice.app.config;

import java.time.Duration;

/**
 * What is known of persons while deciding.
 *
 * @param lease how long a node may go by what it read; a withdrawal takes at most so long to hold everywhere
 * @param cached how many persons a node remembers
 * @param region home region of who is at home in no region of {@code vault.regions}
 */
public record Subjects(Duration lease, int cached, String region) {

    private static final Duration LONGEST_LEASE = Duration.ofSeconds(10);

    public Subjects {
        Values.positive("subjects.lease", lease);
        if (lease.compareTo(LONGEST_LEASE) > 0) {
            throw new IllegalArgumentException("subjects.lease must not exceed 10s: withdrawals wait for it");
        }
    }

    static Subjects read(Section section) {
        return new Subjects(
                section.duration("lease", Duration.ofSeconds(2)),
                section.number("cached", 200_000, 1, 100_000_000),
                section.text("region", "local"));
    }
}
