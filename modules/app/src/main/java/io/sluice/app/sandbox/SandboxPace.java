package io.sluice.app.sandbox;

import java.time.Duration;

/**
 * How fast the outer world moves.
 *
 * @param answerAfter how long each request is thought about; zero answers as soon as the book is on disk
 * @param slowAnswerAfter the same for {@code pm_card_slow}
 * @param hang how long a request that gets no answer is kept before its connection is closed
 * @param silentAttempts how many attempts with one key get no answer where the method or recipient asks for silence
 * @param callbackAfter from an effect to the first attempt of its callback
 * @param inTransitAfter from a parcel's acceptance to its first tracking status
 * @param outForDeliveryAfter from there to the next
 * @param deliveredAfter from there to the last
 * @param authorisationLasts for so long an authorisation stands that nobody takes or voids
 * @param lateAfter from a capture or a refund to its late failure, and to each step of a dispute
 */
public record SandboxPace(
        Duration answerAfter,
        Duration slowAnswerAfter,
        Duration hang,
        int silentAttempts,
        Duration callbackAfter,
        Duration inTransitAfter,
        Duration outForDeliveryAfter,
        Duration deliveredAfter,
        Duration authorisationLasts,
        Duration lateAfter) {

    private static final Duration A_WEEK = Duration.ofDays(7);

    /** Authorisations that last a week, and late failures soon after. */
    public SandboxPace(
            Duration answerAfter,
            Duration slowAnswerAfter,
            Duration hang,
            int silentAttempts,
            Duration callbackAfter,
            Duration inTransitAfter,
            Duration outForDeliveryAfter,
            Duration deliveredAfter) {
        this(
                answerAfter,
                slowAnswerAfter,
                hang,
                silentAttempts,
                callbackAfter,
                inTransitAfter,
                outForDeliveryAfter,
                deliveredAfter,
                A_WEEK,
                deliveredAfter);
    }

    public static final SandboxPace LIVELY = new SandboxPace(
            Duration.ZERO,
            Duration.ofSeconds(2),
            Duration.ofSeconds(60),
            1,
            Duration.ofMillis(20),
            Duration.ofMillis(400),
            Duration.ofMillis(400),
            Duration.ofMillis(400));

    public SandboxPace {
        for (Duration each : new Duration[] {
            answerAfter,
            slowAnswerAfter,
            hang,
            callbackAfter,
            inTransitAfter,
            outForDeliveryAfter,
            deliveredAfter,
            authorisationLasts,
            lateAfter
        }) {
            if (each.isNegative()) {
                throw new IllegalArgumentException("a sandbox delay must not be negative: " + each);
            }
        }
        if (silentAttempts < 0) {
            throw new IllegalArgumentException("silent attempts must not be negative: " + silentAttempts);
        }
    }
}
