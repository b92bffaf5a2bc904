package io.sluice.kernel;

import java.time.Instant;

/**
 * A person as a decision saw them. An effect of the decision must not be committed once the person has taken something away
 * since: the writer of the effect holds every standing against the person's row in the effect's own transaction (clause D5).
 *
 * @param version of the person's row
 * @param decidedAt when the decision was made, by the deciding node's clock
 */
public record Standing(SubjectId subject, long version, Instant decidedAt) {}
