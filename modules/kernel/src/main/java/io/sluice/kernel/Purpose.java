package io.sluice.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The closed list of purposes (clause A3). Advertising and resale are not on it, so they cannot be asked for.
 *
 * <p>The bit of a purpose in a {@linkplain SubjectSnapshot#permitted() subject's mask} is its ordinal: append only.
 */
public enum Purpose {
    TRANSACTION_VERIFICATION("transaction_verification"),
    SHIPMENT("shipment"),
    REFUND_MANAGEMENT("refund_management"),
    CUSTOMER_ASSISTANCE("customer_assistance"),
    SERVICE_IMPROVEMENT("service_improvement"),
    IDENTITY_CONFIRMATION("identity_confirmation"),
    FRAUD_PREVENTION("fraud_prevention");

    private final String id;

    Purpose(String id) {
        this.id = id;
    }

    /** The name used in the law, in the API and in the ledger. */
    public String id() {
        return id;
    }

    public int mask() {
        return 1 << ordinal();
    }

    /** The purpose of that id, or nothing: unknown means no. */
    public static Optional<Purpose> of(String id) {
        return Arrays.stream(values()).filter(purpose -> purpose.id.equals(id)).findFirst();
    }
}
