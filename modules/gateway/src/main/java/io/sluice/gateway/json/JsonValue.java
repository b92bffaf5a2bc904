package io.sluice.gateway.json;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one JSON value is read into a {@code V}. Made once, kept in a constant, good for any number of bodies on any thread.
 *
 * @see JsonBody#read
 */
public abstract sealed class JsonValue<V> permits JsonText, JsonWhole, JsonFlag, JsonFlags, JsonList, JsonValue.Built {

    /**
     * Reads the value that the source stands at, and leaves the source at its last token. What is wrong is reported to the
     * source; the value is null then, or a stand-in.
     */
    abstract @Nullable V read(JsonSource in) throws IOException;

    /** An object, read into a draft of its own and then made into a value. */
    static final class Built<D, V> extends JsonValue<V> {

        private final JsonObject<D> object;
        private final Supplier<D> draft;
        private final Function<D, V> built;

        Built(JsonObject<D> object, Supplier<D> draft, Function<D, V> built) {
            this.object = object;
            this.draft = draft;
            this.built = built;
        }

        @Override
        @Nullable V read(JsonSource in) throws IOException {
            D into = draft.get();
            object.read(in, into);
            // of what is incomplete nothing is made
            return in.isGood() ? built.apply(into) : null;
        }
    }
}
