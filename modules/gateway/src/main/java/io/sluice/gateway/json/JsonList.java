package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of at least one item, all of one kind. */
public final class JsonList<V> extends JsonValue<List<V>> {

    private final JsonValue<V> item;
    private final int max;

    private JsonList(JsonValue<V> item, int max) {
        this.item = item;
        this.max = max;
    }

    /** 1 to {@code max} items. */
    public static <V> JsonList<V> of(JsonValue<V> item, int max) {
        return new JsonList<>(item, max);
    }

    @Override
    @Nullable List<V> read(JsonSource in) throws IOException {
        String mustBe = "must be a list of 1 to " + max + " items";
        if (in.token() != JsonToken.START_ARRAY) {
            in.refuse(mustBe);
            return null;
        }
        List<V> items = new ArrayList<>();
        int count = 0;
        while (in.next() != JsonToken.END_ARRAY) {
            if (count < max) {
                in.enter(count);
                V read = item.read(in);
                if (read != null) {
                    items.add(read);
                }
                in.leave();
            } else if (in.skipFindingCardNumber()) {
                in.refuseCardNumber();
            }
            count++;
        }
        if (count == 0 || count > max) {
            in.refuseValue(mustBe);
        }
        return items;
    }
}
