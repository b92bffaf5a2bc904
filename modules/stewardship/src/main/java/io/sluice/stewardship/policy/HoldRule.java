package io.sluice.stewardship.policy;

import io.sluice.kernel.FieldSet;
import java.time.Period;

/**
 * What stays of a person who is erased, because the law keeps it: under a key of its own, so that the person's key can die.
 *
 * @param why as the person is told
 * @param source the provision that says so
 * @param from the event that the time counts from
 */
public record HoldRule(FieldSet fields, String why, String source, String from, Period keep) {}
