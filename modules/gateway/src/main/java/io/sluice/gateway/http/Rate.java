package io.sluice.gateway.http;

/**
 * How much somebody may ask for: so many requests at once, and so many a second in the long run.
 *
 * @param perSecond 0 for any number
 * @param burst how many may come at once after a while of none
 */
public record Rate(int perSecond, int burst) {

    /** Whoever has it is never refused. */
    public static final Rate UNLIMITED = new Rate(0, 1);

    public Rate {
        if (perSecond < 0 || burst < 1) {
            throw new IllegalArgumentException("a rate must not be negative, and a burst at least 1");
        }
    }

    public boolean isUnlimited() {
        return perSecond == 0;
    }
}
