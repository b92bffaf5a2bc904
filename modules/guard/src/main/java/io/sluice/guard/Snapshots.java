package io.sluice.guard;

import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.vertx.core.Future;
import java.util.Optional;

/** The port to what is known of persons. */
public interface Snapshots {

    /** The person's snapshot within its lease; empty if there is no such person. Fails if it cannot be told. */
    Future<Optional<SubjectSnapshot>> of(SubjectId subject);
}
