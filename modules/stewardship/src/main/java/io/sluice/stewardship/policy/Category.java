package io.sluice.stewardship.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The closed list of what kinds of fields are collected at all (clause A1). */
public enum Category {
    ACCOUNT,
    PURCHASE,
    DELIVERY,
    PAYMENT,
    USAGE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Category> of(String id) {
        return Arrays.stream(values())
                .filter(category -> category.id().equals(id))
                .findFirst();
    }
}
