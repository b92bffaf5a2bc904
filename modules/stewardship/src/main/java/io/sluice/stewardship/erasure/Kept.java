package io.sluice.stewardship.erasure;

import io.sluice.kernel.Field;
import io.sluice.stewardship.policy.Erasure;
import io.sluice.stewardship.policy.HoldRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Why a field of an erased person is kept, and until when.
 *
 * @param reason as the law names it
 * @param until the last day, in UTC
 */
record Kept(String reason, LocalDate until) {

    // by name where two end on the same day: the same field has the same reason each time
    private static final Comparator<Kept> LATEST =
            Comparator.comparing(Kept::until).thenComparing(Kept::reason);

    /**
     * What the law says of this field after these events: of several reasons the one that ends last, for it covers the others. Empty
     * if it gives none, or none that has not ended.
     */
    static Optional<Kept> of(Erasure law, Field<?> field, Map<String, Instant> events, LocalDate today) {
        return law.holds().entrySet().stream()
                .filter(hold -> hold.getValue().fields().contains(field))
                .flatMap(hold -> lastDay(hold.getValue(), events).map(until -> new Kept(hold.getKey(), until)).stream())
                .filter(kept -> !kept.until().isBefore(today))
                .max(LATEST);
    }

    private static Optional<LocalDate> lastDay(HoldRule rule, Map<String, Instant> events) {
        return Optional.ofNullable(events.get(rule.from()))
                .map(from -> from.atOffset(ZoneOffset.UTC).toLocalDate().plus(rule.keep()));
    }
}
