package io.sluice.gateway.webhook;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** How far the time that a partner signed may lie from now, before or after. */
public record Freshness(Duration tolerance, InstantSource clock) {

    private static final int MAX_DIGITS = 12;

    public Freshness {
        if (!tolerance.isPositive()) {
            throw new IllegalArgumentException("the tolerance of signatures must be positive");
        }
    }

    /** Why what was signed then is not believed now; empty if it is. */
    public Optional<WebhookRefusal> doubt(long epochSecond) {
        long age = clock.instant().getEpochSecond() - epochSecond;
        if (age > tolerance.toSeconds()) {
            return Optional.of(WebhookRefusal.STALE);
        }
        return -age > tolerance.toSeconds() ? Optional.of(WebhookRefusal.FROM_THE_FUTURE) : Optional.empty();
    }

    /**
     * Seconds since 1970 in decimal digits, up to twelve; empty if it is anything else. Read digit by digit, so that no locale
     * changes what is signed.
     */
    public static OptionalLong seconds(String digits) {
        if (digits.isEmpty() || digits.length() > MAX_DIGITS) {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        return OptionalLong.of(value);
    }
}
