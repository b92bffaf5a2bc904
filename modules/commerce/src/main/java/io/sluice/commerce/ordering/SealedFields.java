package io.sluice.commerce.ordering;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ciphertexts that rest with an order, in one column: id, length and bytes of each. */
public final class SealedFields {

    private SealedFields() {}

    static Buffer write(Map<Field<String>, Sealed> fields) {
        Buffer buffer = Buffer.buffer(64 * fields.size());
        for (Field<String> field : CommerceFields.SEALED_WITH_ORDER) {
            Sealed sealed = fields.get(field);
            if (sealed != null) {
                buffer.appendByte((byte) field.id())
                        .appendInt(sealed.bytes().length)
                        .appendBytes(sealed.bytes());
            }
        }
        return buffer;
    }

    /** With another address: nothing of the old one remains. */
    static Map<Field<String>, Sealed> readdressed(
            Map<Field<String>, Sealed> fields, Map<Field<String>, Sealed> delivery) {
        Map<Field<String>, Sealed> anew = new LinkedHashMap<>(fields);
        anew.keySet().removeAll(CommerceFields.DELIVERY);
        anew.putAll(delivery);
        return anew;
    }

    /** What {@link #write} wrote. */
    public static Map<Field<String>, Sealed> read(Buffer buffer) {
        Map<Field<String>, Sealed> fields = new LinkedHashMap<>();
        int at = 0;
        while (at < buffer.length()) {
            int id = buffer.getByte(at);
            int length = buffer.getInt(at + 1);
            Field<String> field = CommerceFields.SEALED_WITH_ORDER.stream()
                    .filter(one -> one.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no field of id " + id + " rests with an order"));
            fields.put(field, Sealed.of(buffer.getBytes(at + 5, at + 5 + length)));
            at += 5 + length;
        }
        return fields;
    }
}
