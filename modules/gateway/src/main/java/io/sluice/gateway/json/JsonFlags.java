package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of flags by name, such as consents. Which names there may be is for its reader to say. */
public final class JsonFlags extends JsonValue<Map<String, Boolean>> {

    private static final int LONGEST_NAME = 64;

    private final int max;

    private JsonFlags(int max) {
        this.max = max;
    }

    public static JsonFlags upTo(int max) {
        return new JsonFlags(max);
    }

    @Override
    @Nullable Map<String, Boolean> read(JsonSource in) throws IOException {
        if (in.token() != JsonToken.START_OBJECT) {
            in.refuse("must be an object");
            return null;
        }
        Map<String, Boolean> flags = new LinkedHashMap<>();
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.name();
            boolean isNew = !flags.containsKey(name);
            var value = in.next();
            if (name.length() > LONGEST_NAME || CardNumbers.isIn(name) || flags.size() >= max) {
                in.refuseUnknown(name);
                continue;
            }
            in.enter(name);
            if (value != JsonToken.VALUE_TRUE && value != JsonToken.VALUE_FALSE) {
                in.refuse("must be true or false");
            } else if (!isNew) {
                in.refuse("must stand once");
            } else {
                flags.put(name, value == JsonToken.VALUE_TRUE);
            }
            in.leave();
        }
        return flags;
    }
}
