package io.sluice.vault;

import io.micrometer.core.instrument.Counter;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import java.util.UUID;

/** Seals the fields of one person, without waiting for anything. For use within one request: it keeps no track of shredding. */
public final class Sealer {

    private final SubjectKey key;
    private final Counter sealed;

    Sealer(SubjectKey key, Counter sealed) {
        this.key = key;
        this.sealed = sealed;
    }

    /**
     * The value as ciphertext that opens as this field of this record only.
     *
     * @param record the order or account that the field belongs to
     * @throws IllegalArgumentException if the field is not personal, or the value holds half a surrogate pair
     */
    public Sealed seal(UUID record, Field<String> field, String value) {
        if (!field.isPersonal()) {
            throw new IllegalArgumentException(field + " travels in clear");
        }
        sealed.increment();
        return key.seal(record, field, value);
    }
}
