package io.sluice.stewardship.deadline;

/**
 * Why a deadline is stricter than the law of the place may be. Staff are shown it: whoever knows better may say so, but until then
 * nobody is answered too late.
 */
public enum Fallback {
    /** Nobody knows where the person lives, or what was said is no country: of all clocks the one that ends first. */
    PLACE_UNKNOWN,
    /** The law has clocks of their own for parts of the country, and the part is not known: the first to end of what may hold. */
    PART_UNKNOWN,
    /** The law has no such clock for the place: of all clocks the one that ends first. */
    CLOCK_UNKNOWN,
    /** Nobody knows the working days of the place: every day counts as one, which can only be too early. */
    HOLIDAYS_UNKNOWN
}
