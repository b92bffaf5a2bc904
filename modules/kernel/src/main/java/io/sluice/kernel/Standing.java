package io.sluice.kernel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person as a decision saw them. An effect of the decision must not be committed once the person has taken something away
 * since: the writer of the effect holds every standing against the person's row in the effect's own transaction (clause D5).
 *
 * @param version of the person's row
 * @param decidedAt when the decision was made, by the deciding node's clock
 * @param lawfulUntil from when on, by the database's clock, the law that the decision was made by is followed by another (clause
 *     E2); null if nothing is announced
 */
public record Standing(
        SubjectId subject,
        long version,
        Instant decidedAt,
        @Nullable Instant lawfulUntil) {

    /** Under a law that nothing is announced to follow. */
    public Standing(SubjectId subject, long version, Instant decidedAt) {
        this(subject, version, decidedAt, null);
    }
}
