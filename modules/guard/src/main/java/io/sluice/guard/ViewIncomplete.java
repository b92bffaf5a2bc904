package io.sluice.guard;

import io.sluice.kernel.Field;

/** A field that the view cannot do without was not sent or not granted. An answer, so it carries no stack trace. */
final class ViewIncomplete extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ViewIncomplete(Field<?> field) {
        super(field.name(), null, false, false);
    }
}
