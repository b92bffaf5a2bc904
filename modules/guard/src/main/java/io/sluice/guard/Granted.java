package io.sluice.guard;

import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.Wants;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one delivery that were granted, and nothing else: an address's view is built from it. Asking for a required
 * field that is not there ends in the refusal {@code privacy.view-incomplete}; asking for one that the address never
 * declared is a programming error and a fault.
 */
public final class Granted {

    private final Wants wanted;
    private final Wants granted;
    private final Parcel parcel;
    private final Map<Field<?>, Plain<String>> plain;
    private final FieldCounts counts;
    private long taken;

    Granted(Wants wanted, Wants granted, Parcel parcel, Map<Field<?>, Plain<String>> plain, FieldCounts counts) {
        this.wanted = wanted;
        this.granted = granted;
        this.parcel = parcel;
        this.plain = plain;
        this.counts = counts;
    }

    public Parties parties() {
        return parcel.parties();
    }

    /** An operational value that must be there. */
    public <T> T read(Field<T> field) {
        return required(field, readOrNull(field));
    }

    @SuppressWarnings("unchecked") // Parcel.with admits only values of the field's own type
    public <T> @Nullable T readOrNull(Field<T> field) {
        declared(field, wanted.reads().contains(field));
        return granted.reads().contains(field) ? (T) taken(field, parcel.slot(field.id())) : null;
    }

    /** A personal value in plain that must be there. */
    public Plain<String> opened(Field<String> field) {
        return required(field, openedOrNull(field));
    }

    public @Nullable Plain<String> openedOrNull(Field<String> field) {
        declared(field, wanted.opens().contains(field));
        return granted.opens().contains(field) ? plain.get(field) : null;
    }

    /** A ciphertext that must be there, to store or to pass on. */
    public Sealed carried(Field<String> field) {
        return required(field, carriedOrNull(field));
    }

    public @Nullable Sealed carriedOrNull(Field<String> field) {
        declared(field, wanted.carries().contains(field));
        return granted.carries().contains(field) && taken(field, parcel.slot(field.id())) instanceof Sealed sealed
                ? sealed
                : null;
    }

    /** Those of these ciphertexts that are there. */
    public Map<Field<String>, Sealed> carriedOf(List<Field<String>> fields) {
        Map<Field<String>, Sealed> there = new LinkedHashMap<>();
        for (Field<String> field : fields) {
            Sealed sealed = carriedOrNull(field);
            if (sealed != null) {
                there.put(field, sealed);
            }
        }
        return there;
    }

    /** What is opened is not yet read by being taken: its value knows when it is. */
    private @Nullable Object taken(Field<?> field, @Nullable Object value) {
        taken |= field.mask();
        return value;
    }

    /** The view is made. */
    void viewed() {
        counts.read(taken);
    }

    private static <T> T required(Field<?> field, @Nullable T value) {
        if (value == null) {
            throw new ViewIncomplete(field);
        }
        return value;
    }

    private static void declared(Field<?> field, boolean isDeclared) {
        if (!isDeclared) {
            throw new IllegalStateException("the address does not declare that it wants " + field);
        }
    }
}
