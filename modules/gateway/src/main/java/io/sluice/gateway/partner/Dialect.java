package io.sluice.gateway.partner;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a partner's API has of its own.
 *
 * @param definite client errors that say for certain that nothing was done
 * @param headers that it wants to see on every request
 * @param code an error's word for the reason; null if it has none
 */
record Dialect(Set<Integer> definite, Map<String, String> headers, Function<Answered, @Nullable String> code) {

    Dialect {
        definite = Set.copyOf(definite);
        headers = Map.copyOf(headers);
    }

    /** No headers, and an error's {@code code}. */
    static Dialect plain(Set<Integer> definite) {
        return new Dialect(definite, Map.of(), error -> error.text("code"));
    }
}
