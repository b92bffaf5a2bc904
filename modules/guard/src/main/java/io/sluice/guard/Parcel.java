package io.sluice.guard;

import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way: the persons it concerns, operational values in clear, personal values as ciphertext.
 *
 * <p>Senders build it and hand it to the {@link Bus}. It offers no way to read it: only the gate can open it, for one
 * receiver, and a receiver that the gate has not admitted finds it closed.
 */
public final class Parcel {

    private final Parties parties;
    private final @Nullable Object[] slots;
    private long present;

    private Parcel(Parties parties, @Nullable Object[] slots, long present) {
        this.parties = parties;
        this.slots = slots;
        this.present = present;
    }

    public static Parcel about(Parties parties) {
        return new Parcel(parties, new Object[64], 0);
    }

    /** A parcel that concerns no person: operational values only. */
    public static Parcel plain() {
        return about(Parties.NOBODY);
    }

    /** Adds an operational value; null leaves the field out. A personal field cannot be sent in clear. */
    public <T> Parcel with(Field<T> field, @Nullable T value) {
        if (field.isPersonal()) {
            throw new IllegalArgumentException(field + " is personal: it travels sealed or not at all");
        }
        return put(field, value);
    }

    /** Adds a ciphertext; null leaves the field out. */
    public Parcel withSealed(Field<String> field, @Nullable Sealed value) {
        if (!field.isPersonal()) {
            throw new IllegalArgumentException(field + " is operational: it travels in clear");
        }
        return put(field, value);
    }

    private Parcel put(Field<?> field, @Nullable Object value) {
        if (value != null) {
            slots[field.id()] = value;
            present |= field.mask();
        }
        return this;
    }

    Parties parties() {
        return parties;
    }

    FieldSet present() {
        return new FieldSet(present);
    }

    @Nullable Object slot(int id) {
        return slots[id];
    }

    /** A copy with only these fields. */
    Parcel cutTo(FieldSet fields) {
        long kept = present & fields.bits();
        @Nullable Object[] cut = new Object[64];
        for (long rest = kept; rest != 0; rest &= rest - 1) {
            int id = Long.numberOfTrailingZeros(rest);
            cut[id] = slots[id];
        }
        return new Parcel(parties, cut, kept);
    }

    @Override
    public String toString() {
        return "Parcel[" + Long.bitCount(present) + " fields]";
    }
}
