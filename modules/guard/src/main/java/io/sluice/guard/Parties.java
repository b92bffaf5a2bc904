package io.sluice.guard;

import io.sluice.kernel.Owner;
import io.sluice.kernel.SubjectId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whom a message concerns, and which record its personal fields belong to.
 *
 * @param buyer the acting person; null for a message without personal fields
 * @param addressee the recipient if it is not the buyer
 * @param record the order or account whose fields these are: part of every ciphertext's associated data
 */
public record Parties(
        @Nullable SubjectId buyer,
        @Nullable SubjectId addressee,
        @Nullable UUID record) {

    public static final Parties NOBODY = new Parties(null, null, null);

    public static Parties of(SubjectId buyer, UUID record) {
        return new Parties(buyer, null, record);
    }

    /** Addressee and buyer being the same person counts as one. */
    public static Parties of(SubjectId buyer, @Nullable SubjectId addressee, UUID record) {
        return new Parties(buyer, buyer.equals(addressee) ? null : addressee, record);
    }

    /** The person who owns such a field in this message. */
    public @Nullable SubjectId owner(Owner owner) {
        return owner == Owner.ADDRESSEE && addressee != null ? addressee : buyer;
    }
}
