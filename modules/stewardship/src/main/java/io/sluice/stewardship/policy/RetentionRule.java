package io.sluice.stewardship.policy;

import java.time.Period;

/**
 * How long a field is kept.
 *
 * @param from the event that the time counts from, such as {@code account_closed}
 */
public record RetentionRule(String from, Period keep) {}
