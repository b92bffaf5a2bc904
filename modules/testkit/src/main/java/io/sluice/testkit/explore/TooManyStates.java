package io.sluice.testkit.explore;

/** A model has more states than it was said to have: nothing is known of the rest, so nothing is said of the whole. */
public final class TooManyStates extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    TooManyStates(int bound, Object last) {
        super("more than " + bound + " states; one of the last is " + last);
    }
}
