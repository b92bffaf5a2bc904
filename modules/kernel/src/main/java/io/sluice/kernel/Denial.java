package io.sluice.kernel;

import java.util.Arrays;
import java.util.List;

/** No, and why. */
public record Denial(PrivacyRefusal reason) implements Decision {

    private static final List<Denial> ALL =
            Arrays.stream(PrivacyRefusal.values()).map(Denial::new).toList();

    /** The one for that reason: who is flooded with what must be refused makes no garbage of it. */
    static Denial of(PrivacyRefusal reason) {
        return ALL.get(reason.ordinal());
    }
}
