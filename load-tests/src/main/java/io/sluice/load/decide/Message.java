package io.sluice.load.decide;

import io.sluice.commerce.api.CarrierCalls;
import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.guard.Address;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.guard.Projection;
import io.sluice.kernel.Field;
import io.sluice.kernel.Lease;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Question;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One message of the shop, as it stands before its receiver's gate.
 *
 * @param opened what the vault would give for its ciphertexts; empty if the receiver opens none
 */
record Message<V>(Projection<V> projection, Parcel parcel, Question question, Map<Field<?>, Plain<String>> opened) {

    private static final UUID ORDER = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0001L);
    private static final SubjectId BUYER = new SubjectId(new UUID(1, 1));
    private static final SubjectId RECIPIENT = new SubjectId(new UUID(1, 2));
    private static final Map<Field<?>, Plain<String>> COUNTRY = Map.of(CommerceFields.DELIVERY_COUNTRY, Plain.of("DE"));

    /** An ordinary checkout of three lines: twelve fields, five in clear and seven carried as ciphertext, the country opened as well. */
    static Message<Checkout> checkout(Instant now) {
        Parcel parcel = order(Parties.of(BUYER, ORDER));
        return asked(Checkout.ADDRESS, parcel, person(BUYER, -1), null, now, COUNTRY);
    }

    /** The same as a gift: two persons have a say, and the recipient's name and e-mail come along. */
    static Message<Checkout> gift(Instant now) {
        Parcel parcel = order(Parties.of(BUYER, RECIPIENT, ORDER))
                .withSealed(CommerceFields.RECIPIENT_NAME, sealed())
                .withSealed(CommerceFields.RECIPIENT_EMAIL, sealed());
        return asked(Checkout.ADDRESS, parcel, person(BUYER, -1), person(RECIPIENT, -1), now, COUNTRY);
    }

    /** The same by somebody who does not permit it: refused. */
    static Message<Checkout> refused(Instant now) {
        int allButThis = ~Purpose.TRANSACTION_VERIFICATION.mask();
        return asked(Checkout.ADDRESS, order(Parties.of(BUYER, ORDER)), person(BUYER, allButThis), null, now, Map.of());
    }

    /** To a partner, by its agreement: the address is opened. */
    static Message<CarrierCalls.Dispatch> dispatch(Instant now) {
        Parcel parcel = delivery(Parcel.about(Parties.of(BUYER, ORDER))
                .with(CommerceFields.OPERATION_ID, new UUID(2, 1))
                .with(CommerceFields.ORDER_ID, ORDER));
        Map<Field<?>, Plain<String>> opened = new HashMap<>();
        CommerceFields.DELIVERY.forEach(field -> opened.put(field, Plain.of("opened")));
        return asked(CarrierCalls.DISPATCH, parcel, person(BUYER, -1), null, now, opened);
    }

    /** The receiver's view, by that permit. */
    V view(Permit permit) {
        return projection.view(parcel, permit, opened);
    }

    private static Parcel order(Parties parties) {
        return delivery(Parcel.about(parties)
                        .with(CommerceFields.ORDER_ID, ORDER)
                        .with(CommerceFields.CURRENCY, "EUR")
                        .with(
                                CommerceFields.LINES,
                                List.of(
                                        new LineWanted("SKU-000001", 1),
                                        new LineWanted("SKU-000002", 2),
                                        new LineWanted("SKU-000003", 1)))
                        .with(CommerceFields.IDEMPOTENCY_SCOPE, "0".repeat(64))
                        .with(CommerceFields.IDEMPOTENCY_FINGERPRINT, "f".repeat(64)))
                .withSealed(CommerceFields.PAYMENT_METHOD, sealed())
                .withSealed(CommerceFields.CONTACT_EMAIL, sealed());
    }

    /** As most addresses are: without a second line, a region and a phone number. */
    private static Parcel delivery(Parcel parcel) {
        return parcel.withSealed(CommerceFields.DELIVERY_NAME, sealed())
                .withSealed(CommerceFields.DELIVERY_LINE1, sealed())
                .withSealed(CommerceFields.DELIVERY_CITY, sealed())
                .withSealed(CommerceFields.DELIVERY_POSTCODE, sealed())
                .withSealed(CommerceFields.DELIVERY_COUNTRY, sealed());
    }

    private static <V> Message<V> asked(
            Address<V, ?> address,
            Parcel parcel,
            SubjectSnapshot buyer,
            @Nullable SubjectSnapshot addressee,
            Instant now,
            Map<Field<?>, Plain<String>> opened) {
        Projection<V> projection = new Projection<>(address);
        return new Message<>(
                projection, parcel, projection.question(parcel, buyer, addressee, now, 0), Map.copyOf(opened));
    }

    private static SubjectSnapshot person(SubjectId id, int permitted) {
        return new SubjectSnapshot(
                id, 1, permitted, Map.of(), false, 0, 0, "EU", new Lease(Long.MAX_VALUE / 2, Long.MAX_VALUE));
    }

    private static Sealed sealed() {
        return Sealed.of(new byte[64]);
    }
}
