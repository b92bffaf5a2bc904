package io.sluice.stewardship.policy;

import java.util.Locale;

/** What a person may ask for, and the shop has to do by a day that the law names (clause D7). */
public enum Right {
    ACCESS,
    PORTABILITY,
    RECTIFICATION,
    ERASURE,
    OBJECTION,
    COMPLAINT_ACKNOWLEDGED,
    COMPLAINT_ANSWERED;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
