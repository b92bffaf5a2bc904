package io.sluice.stewardship.consent;

import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;

/** The port to what is under way for a person in other rooms, such as an order that is to be brought. */
@FunctionalInterface
public interface OpenAffairs {

    /** Whether any of it may need a personal field of theirs still. */
    Future<Boolean> any(SubjectId person);
}
