package io.sluice.kernel;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** No, and why. */
public record Denial(PrivacyRefusal reason) implements Decision {

    private static final Map<PrivacyRefusal, Denial> ALL = new EnumMap<>(PrivacyRefusal.class);

    static {
        for (PrivacyRefusal reason : PrivacyRefusal.values()) {
            ALL.put(reason, new Denial(reason));
        }
    }

    static Denial of(PrivacyRefusal reason) {
        return Objects.requireNonNull(ALL.get(reason));
    }
}
