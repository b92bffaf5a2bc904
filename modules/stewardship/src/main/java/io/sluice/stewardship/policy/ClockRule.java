package io.sluice.stewardship.policy;

import java.util.Optional;

/**
 * By when something a person asked for is done.
 *
 * @param from the event that the time counts from
 * @param pausesForIdentity whether it stands still while the person is asked who they are
 * @param extension by how much more it may be put off once, with notice
 * @param source the provision that says so
 */
public record ClockRule(Span within, Start from, boolean pausesForIdentity, Optional<Span> extension, String source) {

    /** An amount of one unit. Which calendar counts business days is for whoever counts them. */
    public record Span(int amount, Unit unit) {}

    /** What is counted; months end on the corresponding day. */
    public enum Unit {
        CALENDAR_MONTHS,
        CALENDAR_DAYS,
        BUSINESS_DAYS
    }

    /** When counting begins. */
    public enum Start {
        REQUEST_RECEIVED,
        IDENTITY_CONFIRMED
    }
}
