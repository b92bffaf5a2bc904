package io.sluice.commerce.ordering;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.sqlclient.Row;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whom an order concerns, and what rests sealed of them with it. */
record OrderPersons(Parties parties, Map<Field<String>, Sealed> sealed) {

    OrderPersons {
        sealed = Map.copyOf(sealed);
    }

    static OrderPersons read(UUID order, Row row) {
        SubjectId addressee = Optional.ofNullable(row.getUUID("addressee"))
                .map(SubjectId::new)
                .orElse(null);
        return new OrderPersons(
                Parties.of(new SubjectId(row.getUUID("buyer")), addressee, order),
                SealedFields.read(row.getBuffer("sealed")));
    }

    /** As ciphertext, what an assistant may be shown: where the parcel goes, and where the buyer is reached. */
    Parcel shown() {
        Parcel parcel = Parcel.about(parties)
                .withSealed(CommerceFields.CONTACT_EMAIL, sealed.get(CommerceFields.CONTACT_EMAIL));
        for (Field<String> field : CommerceFields.DELIVERY) {
            parcel = parcel.withSealed(field, sealed.get(field));
        }
        return parcel;
    }
}
