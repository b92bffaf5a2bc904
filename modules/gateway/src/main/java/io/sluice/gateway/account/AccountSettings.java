package io.sluice.gateway.account;

import java.time.Duration;

/**
 * Everything about accounts that can be set.
 *
 * @param issuer who issues our access tokens: the {@code iss} that a token must carry
 * @param audience whom they are for: the {@code aud} that a token must carry
 * @param accessTokenLife at most ten minutes
 * @param sessionLease how long it may take until the end of a session is noticed on every node
 * @param maxKnownTokens how many verified tokens, and sessions, are remembered
 */
public record AccountSettings(
        String issuer,
        String audience,
        Duration accessTokenLife,
        Duration sessionLease,
        int maxKnownTokens,
        Hashing hashing,
        Attempts attempts) {

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    /**
     * How passwords are hashed (Argon2id, RFC 9106).
     *
     * @param workers how many are hashed at a time
     * @param maxWaiting how many more may wait; past it the answer is 503
     */
    public record Hashing(int memoryKib, int iterations, int parallelism, int workers, int maxWaiting) {
        public Hashing {
            if (memoryKib < 8 || iterations < 1 || parallelism < 1 || workers < 1 || maxWaiting < 0) {
                throw new IllegalArgumentException("hashing: every number must be positive, memory at least 8 KiB");
            }
        }
    }

    /**
     * How often one client address may give a wrong password for one account.
     *
     * @param maxRemembered how many pairs of address and account are remembered
     * @param answerNotBefore a failed sign-in is answered no sooner, so that its time tells nothing
     */
    public record Attempts(int allowed, Duration within, int maxRemembered, Duration answerNotBefore) {}

    public AccountSettings {
        if (accessTokenLife.compareTo(LONGEST_LIFE) > 0 || accessTokenLife.toSeconds() < 1) {
            throw new IllegalArgumentException("access tokens live between one second and ten minutes");
        }
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("issuer and audience must be named");
        }
    }

    /** What is right for most: 19 MiB and two passes (OWASP's recommendation), ten attempts in a minute. */
    public static AccountSettings standard(String issuer) {
        int workers = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new AccountSettings(
                issuer,
                "sluice",
                LONGEST_LIFE,
                Duration.ofSeconds(2),
                100_000,
                new Hashing(19 * 1024, 2, 1, workers, 64),
                new Attempts(10, Duration.ofMinutes(1), 100_000, Duration.ofMillis(400)));
    }
}
