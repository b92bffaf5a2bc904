package io.sluice.kernel;

import java.time.Instant;
import java.util.Set;

/** What an outside partner may get, for what, where it may keep it, and from when (inclusive) until when (exclusive). */
public record Agreement(
        String partner, FieldSet fields, Set<Purpose> purposes, String region, Instant validFrom, Instant validUntil) {

    public Agreement {
        purposes = Set.copyOf(purposes);
    }

    public boolean isValidAt(Instant now) {
        return !now.isBefore(validFrom) && now.isBefore(validUntil);
    }
}
