package io.sluice.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one version of the law shows of each field in a display (clause B7). A field of level P2 or P3 of which it says nothing
 * is hidden; one of level P1 is shown as it is.
 *
 * @param byField by the field's name
 */
public record Masks(Map<String, Mask> byField) {

    /** Says nothing of any field. */
    public static final Masks NONE = new Masks(Map.of());

    public Masks {
        byField = Map.copyOf(byField);
    }

    /** The value as a display may have it. What is not shown cannot be had from it. */
    public Plain<String> shown(Field<String> field, Plain<String> value) {
        Mask mask = of(field);
        return mask == null ? value : Plain.masked(value, mask);
    }

    /** The field's mask; null if it is shown as it is. */
    private @Nullable Mask of(Field<?> field) {
        Mask mask = byField.get(field.name());
        return mask == null && field.level().compareTo(Level.P2) >= 0 ? Mask.HIDDEN : mask;
    }

    /** Masks that show no more than either: which of two that differ shows less depends on the value, so neither is used. */
    Masks and(Masks others) {
        Set<String> named = new HashSet<>(byField.keySet());
        named.addAll(others.byField.keySet());
        Map<String, Mask> stricter = new HashMap<>();
        for (String field : named) {
            Mask one = byField.get(field);
            stricter.put(field, one != null && one == others.byField.get(field) ? one : Mask.HIDDEN);
        }
        return new Masks(stricter);
    }
}
