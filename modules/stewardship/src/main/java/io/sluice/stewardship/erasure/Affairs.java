package io.sluice.stewardship.erasure;

import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.consent.OpenAffairs;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/** The port to a person's affairs in other rooms, and to the fields that rest there. */
public interface Affairs extends OpenAffairs {

    /** Seals what is kept of a person's fields in one record anew; what is not in the answer is not kept. */
    @FunctionalInterface
    interface Keeping {
        Future<Map<Field<String>, Sealed>> kept(UUID record, Ends ends, Map<Field<String>, Sealed> theirs);
    }

    /** The last ends of the person's own affairs, none of which is open. */
    Future<Ends> ends(SubjectId person);

    /**
     * Puts, record by record, what is kept in the place of the person's fields, durably. May be called again. Fails if anything is
     * under way.
     */
    Future<Void> keep(SubjectId person, Keeping keeping);
}
