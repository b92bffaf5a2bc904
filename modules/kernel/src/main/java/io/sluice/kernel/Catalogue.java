package io.sluice.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All fields that the code knows, by id and by name; two fields can share neither. */
public final class Catalogue {

    private final @Nullable Field<?>[] byId = new Field<?>[64];
    private final Map<String, Field<?>> byName = new TreeMap<>();
    private final FieldSet personal;
    private final FieldSet addressees;

    private Catalogue(Collection<? extends Field<?>> fields) {
        for (Field<?> field : fields) {
            if (byId[field.id()] != null || byName.put(field.name(), field) != null) {
                throw new IllegalArgumentException("catalogued twice, by id or by name: " + field.id() + " " + field);
            }
            byId[field.id()] = field;
        }
        personal = FieldSet.of(fields.stream().filter(Field::isPersonal).toList());
        addressees = FieldSet.of(fields.stream()
                .filter(field -> field.isPersonal() && field.owner() == Owner.ADDRESSEE)
                .toList());
    }

    public static Catalogue of(Collection<? extends Field<?>> fields) {
        return new Catalogue(fields);
    }

    public Optional<Field<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<Field<?>> withId(int id) {
        return id < 0 || id >= byId.length ? Optional.empty() : Optional.ofNullable(byId[id]);
    }

    public Collection<Field<?>> fields() {
        return List.copyOf(byName.values());
    }

    /** Every field of level P1 to P3. */
    public FieldSet personal() {
        return personal;
    }

    /** Every personal field that belongs to the addressee rather than to the buyer. */
    public FieldSet addressees() {
        return addressees;
    }

    /** A set's fields, by id; what nobody catalogued is left out. */
    public List<Field<?>> fields(FieldSet set) {
        List<Field<?>> fields = new ArrayList<>(set.size());
        for (long rest = set.bits(); rest != 0; rest &= rest - 1) {
            Field<?> field = byId[Long.numberOfTrailingZeros(rest)];
            if (field != null) {
                fields.add(field);
            }
        }
        return fields;
    }

    /** The names of a set's fields, sorted; an id that nobody catalogued shows as {@code #id}. */
    public List<String> names(FieldSet set) {
        List<String> names = new ArrayList<>(set.size());
        for (long rest = set.bits(); rest != 0; rest &= rest - 1) {
            int id = Long.numberOfTrailingZeros(rest);
            Field<?> field = byId[id];
            names.add(field == null ? "#" + id : field.name());
        }
        names.sort(null);
        return names;
    }
}
