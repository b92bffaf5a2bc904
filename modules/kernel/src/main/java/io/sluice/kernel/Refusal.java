package io.sluice.kernel;

/**
 * A "no" that is part of the business or of the privacy model, never a failure of ours. Each room lists its own in an
 * enum, so that a table over all of them can be exhaustive.
 */
public interface Refusal {

    /** Stable, dot-separated, lower case, such as {@code order.stock-exhausted}. Holds no data of any person. */
    String code();
}
