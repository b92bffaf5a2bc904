package io.sluice.app.config;

import java.time.Duration;

/**
 * Signing in, and what comes of it.
 *
 * @param accessToken life of an access token, ten minutes at most
 * @param refreshToken life of a refresh token
 * @param hashThreads threads that hash passwords
 * @param hashQueue sign-ins that wait for one of them; past it the answer is 503
 * @param hashMemory memory of one Argon2id hash
 * @param signInsPerMinute attempts per account; past it the answer is 429
 */
public record Auth(
        String issuer,
        String audience,
        Duration accessToken,
        Duration refreshToken,
        int hashThreads,
        int hashQueue,
        int hashMemory,
        int signInsPerMinute) {

    private static final Duration LONGEST_ACCESS = Duration.ofMinutes(10);
    private static final int LEAST_HASH_MEMORY = 7 << 20;

    public Auth {
        Values.positive("auth.access_token", accessToken);
        if (accessToken.compareTo(LONGEST_ACCESS) > 0) {
            throw new IllegalArgumentException("auth.access_token must not exceed 10m");
        }
        if (refreshToken.compareTo(accessToken) <= 0) {
            throw new IllegalArgumentException("auth.refresh_token must exceed auth.access_token");
        }
        if (hashMemory < LEAST_HASH_MEMORY) {
            throw new IllegalArgumentException("auth.hash_memory must be at least 7MiB");
        }
    }

    static Auth read(Section section) {
        return new Auth(
                section.text("issuer", "sluice"),
                section.text("audience", "sluice"),
                section.duration("access_token", LONGEST_ACCESS),
                section.duration("refresh_token", Duration.ofDays(30)),
                section.number("hash_threads", 2, 1, 64),
                section.number("hash_queue", 200, 1, 100_000),
                section.bytes("hash_memory", 19 << 20),
                section.number("sign_ins_per_minute", 10, 1, 10_000));
    }
}
