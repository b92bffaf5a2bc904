package io.sluice.stewardship.consent;

import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import java.util.Optional;

/** The port to the persons' rows. */
@FunctionalInterface
interface SubjectLookup {

    /** The row as it stands; empty if there is none. Fails if it cannot be told. */
    Future<Optional<SubjectRow>> find(SubjectId subject);
}
