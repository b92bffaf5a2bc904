package io.sluice.kernel;

import java.util.Arrays;
import java.util.Optional;

/** The roles of account holders and staff. The bit of a role is its ordinal: append only. */
public enum Role {
    CUSTOMER("customer"),
    SUPPORT("support"),
    FULFILMENT("fulfilment"),
    PRIVACY_OFFICER("privacy_officer"),
    AUDITOR("auditor"),
    OPERATOR("operator"),
    MERCHANT("merchant");

    private final String id;

    Role(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public int mask() {
        return 1 << ordinal();
    }

    public static Optional<Role> of(String id) {
        return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst();
    }
}
