package io.sluice.kernel;

/**
 * A catalogued leaf of a message, such as {@code delivery.line1}. Code declares it once as a constant; the law names the
 * same field and says more about it. A value whose field is not catalogued cannot be sent.
 *
 * @param id stable number, 0 to 63: the field's bit in a {@link FieldSet} and its mark on the wire. Never reused.
 * @param name dotted name, as in the law
 * @param owner whose field it is; an operational field (P0) names {@link Owner#BUYER} and is nobody's secret
 */
public record Field<T>(int id, String name, Level level, Owner owner, ValueType<T> type) {

    /** So many fields a catalogue can hold. */
    public static final int MAX = 64;

    public Field {
        if (id < 0 || id >= MAX) {
            throw new IllegalArgumentException("field id out of 0..63: " + id + " for " + name);
        }
    }

    /** A field that says nothing about a person and travels in clear. */
    public static <T> Field<T> operational(int id, String name, ValueType<T> type) {
        return new Field<>(id, name, Level.P0, Owner.BUYER, type);
    }

    /** A field that travels and rests as ciphertext under its owner's key. Personal values are texts. */
    public static Field<String> personal(int id, String name, Level level, Owner owner) {
        if (!level.isPersonal()) {
            throw new IllegalArgumentException(name + ": a personal field is of level P1 to P3");
        }
        return new Field<>(id, name, level, owner, ValueType.TEXT);
    }

    public boolean isPersonal() {
        return level.isPersonal();
    }

    public long mask() {
        return 1L << id;
    }

    @Override
    public String toString() {
        return name;
    }
}
