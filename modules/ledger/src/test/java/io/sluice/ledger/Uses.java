package io.sluice.ledger;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Owner;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Use;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Some uses of two persons' fields, under pseudonyms by a key of 32 zero bytes. */
public final class Uses {

    public static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final SubjectId ADA = new SubjectId(UUID.fromString("0198c1a0-0000-7000-8000-000000000001"));
    static final SubjectId BO = new SubjectId(UUID.fromString("0198c1a0-0000-7000-8000-000000000002"));
    public static final UUID ORDER = UUID.fromString("0198c1a0-0000-7000-8000-0000000000ff");

    private static final Field<String> NAME = Field.personal(3, "delivery.name", Level.P2, Owner.ADDRESSEE);
    private static final Field<String> STREET = Field.personal(2, "delivery.line1", Level.P2, Owner.ADDRESSEE);
    private static final Field<String> EMAIL = Field.personal(4, "contact.email", Level.P2, Owner.BUYER);
    static final Catalogue CATALOGUE = Catalogue.of(List.of(NAME, STREET, EMAIL));

    private Uses() {}

    public static Pseudonyms pseudonyms() {
        return Pseudonyms.keyed(Uses::hash);
    }

    private static byte[] hash(byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    static Use disclosure(String partner) {
        return new Use(
                NOON,
                ADA,
                BO,
                ORDER,
                Purpose.SHIPMENT,
                "carrier.dispatch",
                "2026-11-draft",
                partner,
                true,
                FieldSet.of(NAME, STREET),
                FieldSet.NONE,
                Use.PERMIT,
                List.of());
    }

    static Use inside() {
        return about(ORDER);
    }

    /** The same use, of another order. */
    public static Use about(UUID order) {
        return new Use(
                NOON.plusNanos(120_999_999),
                ADA,
                null,
                order,
                Purpose.TRANSACTION_VERIFICATION,
                "order.place",
                "2026-11-draft",
                "order.place",
                false,
                FieldSet.NONE,
                FieldSet.of(NAME, EMAIL),
                Use.PERMIT,
                List.of());
    }

    public static Use refusal(String address, PrivacyRefusal reason, Instant at) {
        return new Use(
                at,
                null,
                null,
                null,
                null,
                address,
                "2026-11-draft",
                address,
                false,
                FieldSet.NONE,
                FieldSet.NONE,
                reason.code(),
                List.of());
    }
}
