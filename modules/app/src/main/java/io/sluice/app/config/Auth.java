package io.sluice.app.config;

import java.time.Duration;

/**
 * Signing in, and what comes of it.
 *
 * @param accessToken life of an access token, ten minutes at most
 * @param session after so long a session ends, refreshed or not
 * @param hashThreads passwords hashed at a time
 * @param hashQueue sign-ins that wait for one of them; past it the answer is 503
 * @param hashMemory memory of one Argon2id hash
 * @param wrongPasswordsPerMinute for one account from one address; past it the answer is 429
 */
public record Auth(
        String issuer,
        String audience,
        Duration accessToken,
        Duration session,
        int hashThreads,
        int hashQueue,
        int hashMemory,
        int wrongPasswordsPerMinute) {

    private static final Duration LONGEST_ACCESS = Duration.ofMinutes(10);
    private static final int LEAST_HASH_MEMORY = 7 << 20;

    public Auth {
        if (accessToken.compareTo(LONGEST_ACCESS) > 0 || accessToken.toSeconds() < 1) {
            throw new IllegalArgumentException("auth.access_token must lie between 1s and 10m");
        }
        if (session.compareTo(accessToken) <= 0) {
            throw new IllegalArgumentException("auth.session must exceed auth.access_token");
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
                section.duration("session", Duration.ofDays(30)),
                section.number("hash_threads", 2, 1, 64),
                section.number("hash_queue", 200, 1, 100_000),
                section.bytes("hash_memory", 19 << 20),
                section.number("wrong_passwords_per_minute", 10, 1, 10_000));
    }
}
