package io.sluice.stewardship;

import io.sluice.guard.Address;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Declared;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.StewardshipAddresses;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Basis;
import io.sluice.stewardship.policy.Erasure;
import io.sluice.stewardship.policy.HoldRule;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.PurposeRule;
import java.time.Instant;
import java.time.Period;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A law that grants each address of stewardship what it declares, with the bases of the real one. */
public final class TestLaw {

    private TestLaw() {}

    public static Law whole() {
        Map<String, Contract> contracts = new HashMap<>();
        for (Address<?, ?> address : StewardshipAddresses.ALL) {
            Declared declared = address.declared();
            Contract.Logging logging = address == Accounts.REGISTER ? Contract.Logging.RIDES : Contract.Logging.BEFORE;
            contracts.put(
                    declared.address(),
                    new Contract(
                            declared.address(),
                            declared.purpose(),
                            declared.request(),
                            declared.reply(),
                            logging,
                            Optional.empty()));
        }
        Map<Purpose, PurposeRule> purposes = new EnumMap<>(Purpose.class);
        for (Purpose purpose : Purpose.values()) {
            purposes.put(purpose, new PurposeRule(basis(purpose), "test", "test", Map.of()));
        }
        Policy policy = new Policy(
                "test", Instant.EPOCH, Instant.EPOCH, Catalogue.of(StewardshipFields.ALL), contracts, Map.of());
        return new Law(
                policy,
                Period.ofDays(14),
                Set.of(),
                Map.of(),
                purposes,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                new Erasure(
                        List.of(),
                        Map.of(
                                "tax_records",
                                new HoldRule(
                                        FieldSet.of(StewardshipFields.NAME, StewardshipFields.COUNTRY),
                                        "the books",
                                        "a law",
                                        "order_closed",
                                        Period.ofYears(10)))),
                "");
    }

    private static Basis basis(Purpose purpose) {
        return switch (purpose) {
            case TRANSACTION_VERIFICATION, SHIPMENT, REFUND_MANAGEMENT, IDENTITY_CONFIRMATION -> Basis.CONTRACT;
            case FRAUD_PREVENTION -> Basis.LEGITIMATE_INTEREST;
            case CUSTOMER_ASSISTANCE, SERVICE_IMPROVEMENT -> Basis.CONSENT;
        };
    }
}
