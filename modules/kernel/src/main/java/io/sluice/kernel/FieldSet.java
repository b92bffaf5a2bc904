package io.sluice.kernel;

import java.util.Collection;
import java.util.List;

/** A set of fields as bits, by {@link Field#id()}. */
public record FieldSet(long bits) {

    public static final FieldSet NONE = new FieldSet(0);

    public static FieldSet of(Field<?>... fields) {
        return of(List.of(fields));
    }

    public static FieldSet of(Collection<? extends Field<?>> fields) {
        long bits = 0;
        for (Field<?> field : fields) {
            bits |= field.mask();
        }
        return new FieldSet(bits);
    }

    public boolean contains(Field<?> field) {
        return (bits & field.mask()) != 0;
    }

    public boolean containsAll(FieldSet other) {
        return (other.bits & ~bits) == 0;
    }

    public FieldSet and(FieldSet other) {
        return new FieldSet(bits & other.bits);
    }

    public FieldSet or(FieldSet other) {
        return new FieldSet(bits | other.bits);
    }

    public FieldSet without(FieldSet other) {
        return new FieldSet(bits & ~other.bits);
    }

    public boolean isEmpty() {
        return bits == 0;
    }

    public int size() {
        return Long.bitCount(bits);
    }
}
