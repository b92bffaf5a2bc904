package io.sluice.kernel;

import java.util.UUID;

/** The opaque, random id of a person: an account holder or the recipient of a gift. */
public record SubjectId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
