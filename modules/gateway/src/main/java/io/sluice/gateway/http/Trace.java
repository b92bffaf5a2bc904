package io.sluice.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request's place in a trace (W3C Trace Context, level 1): the caller's if it sent a valid one, else a new one.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all zero
 * @param spanId 16, likewise: this request's own
 */
public record Trace(String traceId, String spanId) {

    private static final String KEY = "sluice.trace";
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");
    private static final String NO_TRACE = "0".repeat(32);
    private static final String NO_SPAN = "0".repeat(16);

    /** This request's trace; begun when first asked for. */
    public static Trace of(RoutingContext http) {
        Trace known = http.get(KEY);
        if (known == null) {
            known = begin(http.request().getHeader("traceparent"));
            http.put(KEY, known);
        }
        return Objects.requireNonNull(known);
    }

    static Trace begin(@org.jspecify.annotations.Nullable String parent) {
        Matcher matcher = PARENT.matcher(parent == null ? "" : parent);
        boolean isValid = matcher.matches()
                && !NO_TRACE.equals(matcher.group(1))
                && !NO_SPAN.equals(matcher.group(2))
                // version 00 has exactly four parts
                && !(String.valueOf(parent).startsWith("00") && matcher.group(3) != null);
        String span = String.format(
                java.util.Locale.ROOT, "%016x", ThreadLocalRandom.current().nextLong() | 1);
        String trace = isValid
                ? String.valueOf(matcher.group(1))
                : String.format(
                        java.util.Locale.ROOT,
                        "%016x%016x",
                        ThreadLocalRandom.current().nextLong(),
                        ThreadLocalRandom.current().nextLong() | 1);
        return new Trace(trace, span);
    }
}
