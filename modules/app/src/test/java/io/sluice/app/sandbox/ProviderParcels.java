package io.sluice.app.sandbox;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.SubjectId;
import io.sluice.testkit.LawfulBus;
import java.util.UUID;

/** What commerce sends to whoever serves the payment provider's addresses, for one order in euros. */
final class ProviderParcels {

    static final UUID ORDER = new UUID(1, 1);
    static final SubjectId BUYER = new SubjectId(new UUID(2, 2));

    private ProviderParcels() {}

    static Parcel authorise(UUID operation, String method) {
        return of(operation, 1999).withSealed(CommerceFields.PAYMENT_METHOD, LawfulBus.sealed(method));
    }

    static Parcel onward(UUID operation, String reference, long amount) {
        return of(operation, amount).with(CommerceFields.REFERENCE, reference);
    }

    private static Parcel of(UUID operation, long amount) {
        return Parcel.about(Parties.of(BUYER, ORDER))
                .with(CommerceFields.OPERATION_ID, operation)
                .with(CommerceFields.ORDER_ID, ORDER)
                .with(CommerceFields.AMOUNT, amount)
                .with(CommerceFields.CURRENCY, "EUR");
    }
}
