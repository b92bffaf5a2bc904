package io.sluice.commerce.fraud;

import io.sluice.kernel.Plain;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import java.util.Optional;

/** The port to where people live. */
public interface Homes {

    /**
     * The country, ISO 3166-1 alpha-2, that the person has named as theirs; empty if they have named none, or may not be asked about for
     * fraud prevention. Fails if it cannot be told.
     */
    Future<Optional<Plain<String>>> countryOf(SubjectId person);
}
