package io.sluice.stewardship.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a value is shown to whoever may know of it but need not read it (clause B7). */
public enum Mask {
    /** Nothing but that there is a value. */
    HIDDEN,
    /** The first letter of each word. */
    INITIALS,
    /** The last four characters. */
    LAST4,
    /** The first letter, and what stands behind the {@code @}. */
    MAILBOX;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Mask> of(String id) {
        return Arrays.stream(values()).filter(mask -> mask.id().equals(id)).findFirst();
    }
}
