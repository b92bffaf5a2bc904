package io.sluice.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A small law, two persons and one message, from which each test departs in one respect. */
final class Specimen {

    static final Field<UUID> ORDER = Field.operational(0, "order.id", ValueType.ID);
    static final Field<Long> AMOUNT = Field.operational(1, "order.amount", ValueType.LONG);
    static final Field<String> NAME = Field.personal(2, "delivery.name", Level.P2, Owner.ADDRESSEE);
    static final Field<String> STREET = Field.personal(3, "delivery.line1", Level.P2, Owner.ADDRESSEE);
    static final Field<String> EMAIL = Field.personal(4, "contact.email", Level.P2, Owner.BUYER);
    static final Catalogue CATALOGUE = Catalogue.of(List.of(ORDER, AMOUNT, NAME, STREET, EMAIL));

    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    static final long NANOS = 1_000_000_000L;
    static final UUID RECORD = new UUID(1, 2);

    static final Contract DISPATCH = new Contract(
            "carrier.dispatch",
            Purpose.SHIPMENT,
            new Wants(FieldSet.of(ORDER), FieldSet.of(NAME, STREET), FieldSet.NONE),
            new Wants(FieldSet.of(AMOUNT), FieldSet.NONE, FieldSet.NONE),
            Contract.Logging.BEFORE,
            Optional.of("carrier"));
    static final Contract PLACE = new Contract(
            "order.place",
            Purpose.TRANSACTION_VERIFICATION,
            new Wants(FieldSet.of(ORDER, AMOUNT), FieldSet.NONE, FieldSet.of(NAME, EMAIL)),
            Wants.NOTHING,
            Contract.Logging.RIDES,
            Optional.empty());
    static final Agreement AGREEMENT = new Agreement(
            "carrier",
            FieldSet.of(NAME, STREET),
            Set.of(Purpose.SHIPMENT),
            "EU",
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)));

    static final SubjectSnapshot BUYER = person(1, -1, false);
    static final SubjectSnapshot RECIPIENT = person(2, -1, false);

    private Specimen() {}

    static Policy law() {
        return law(AGREEMENT, DISPATCH, PLACE);
    }

    static Policy law(@Nullable Agreement agreement, Contract... contracts) {
        Map<String, Contract> byAddress = new java.util.HashMap<>();
        for (Contract contract : contracts) {
            byAddress.put(contract.address(), contract);
        }
        return new Policy(
                "test", NOW, NOW, CATALOGUE, byAddress, agreement == null ? Map.of() : Map.of("carrier", agreement));
    }

    static SubjectSnapshot person(int id, int permitted, boolean erased) {
        return new SubjectSnapshot(
                new SubjectId(new UUID(0, id)),
                7,
                permitted,
                Map.of(),
                erased,
                0,
                0,
                "EU",
                Lease.of(NOW, NANOS, Duration.ofSeconds(2)));
    }

    static Question dispatch() {
        return question(DISPATCH, FieldSet.of(ORDER, NAME, STREET), BUYER, null);
    }

    static Question question(
            Contract contract, FieldSet present, @Nullable SubjectSnapshot buyer, @Nullable SubjectSnapshot addressee) {
        return new Question(
                contract.address(),
                false,
                contract.purpose(),
                contract.request(),
                present,
                buyer,
                addressee,
                addressee != null,
                RECORD,
                NOW.plusSeconds(5),
                NOW,
                NANOS);
    }
}
