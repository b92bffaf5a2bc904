package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** True or false. */
public final class JsonFlag extends JsonValue<Boolean> {

    public static final JsonFlag FLAG = new JsonFlag();

    private JsonFlag() {}

    @Override
    @Nullable Boolean read(JsonSource in) throws IOException {
        if (in.token() == JsonToken.VALUE_TRUE) {
            return true;
        }
        if (in.token() == JsonToken.VALUE_FALSE) {
            return false;
        }
        in.refuse("must be true or false");
        return null;
    }
}
