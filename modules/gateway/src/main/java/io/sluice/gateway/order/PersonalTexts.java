package io.sluice.gateway.order;

import io.sluice.kernel.Field;
import org.jspecify.annotations.Nullable;

/** Plain personal texts of one request, by their field's slot. They live as long as the request and go under seal. */
final class PersonalTexts {

    private final @Nullable String[] slots = new String[Long.SIZE];

    void put(Field<String> field, String text) {
        if (!field.isPersonal()) {
            throw new IllegalArgumentException(field + " is not personal");
        }
        slots[field.id()] = text;
    }

    @Nullable String of(Field<String> field) {
        return slots[field.id()];
    }

    @Override
    public String toString() {
        return "•••";
    }
}
