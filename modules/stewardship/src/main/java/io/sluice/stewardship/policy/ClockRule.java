package io.sluice.stewardship.policy;

import java.util.Optional;

/**
 * By when something a person asked for is done.
 *
 * @param from the event that the time counts from
 * @param pausesForIdentity whether it stands still while the person is asked who they are
 * @param movesToWorkingDay whether a last day that is no working day moves on to the next one (in the Union by Regulation
 *     1182/71, Article 3(4))
 * @param extension by how much more it may be put off once, with notice
 * @param source the provision that says so
 */
public record ClockRule(
        Span within,
        Start from,
        boolean pausesForIdentity,
        boolean movesToWorkingDay,
        Optional<Span> extension,
        String source) {

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
