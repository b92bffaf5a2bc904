package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The catalogued members of a JSON object, and where each goes in a draft {@code D}. Any other member is refused (clause A1),
 * and so is one that stands twice. A member that is null counts as not there.
 */
public final class JsonObject<D> {

    private static final int MOST = Long.SIZE;

    private final List<Member<D>> members;

    private record Member<D>(String name, boolean isRequired, Step<D> step) {}

    /** Reads one member's value into the draft. */
    @FunctionalInterface
    private interface Step<D> {
        void read(JsonSource in, D draft) throws IOException;
    }

    private JsonObject(List<Member<D>> members) {
        if (members.size() > MOST) {
            throw new IllegalArgumentException("an object has at most " + MOST + " members");
        }
        this.members = List.copyOf(members);
    }

    /** An object without members, to add them to. */
    public static <D> JsonObject<D> empty() {
        return new JsonObject<>(List.of());
    }

    public <V> JsonObject<D> required(String name, JsonValue<V> value, BiConsumer<D, V> into) {
        return with(new Member<>(name, true, step(value, into)));
    }

    public <V> JsonObject<D> optional(String name, JsonValue<V> value, BiConsumer<D, V> into) {
        return with(new Member<>(name, false, step(value, into)));
    }

    /** An object within, whose members go into the same draft. */
    public JsonObject<D> required(String name, JsonObject<D> object) {
        return with(new Member<>(name, true, object::read));
    }

    public JsonObject<D> optional(String name, JsonObject<D> object) {
        return with(new Member<>(name, false, object::read));
    }

    /** This object as a value: its members fill a draft, of which the value is made once nothing was wrong. */
    public <V> JsonValue<V> as(Supplier<D> draft, Function<D, V> built) {
        return new JsonValue.Built<>(this, draft, built);
    }

    private JsonObject<D> with(Member<D> member) {
        List<Member<D>> all = new ArrayList<>(members);
        all.add(member);
        return new JsonObject<>(all);
    }

    private static <D, V> Step<D> step(JsonValue<V> value, BiConsumer<D, V> into) {
        return (in, draft) -> {
            V read = value.read(in);
            if (read != null) {
                into.accept(draft, read);
            }
        };
    }

    /** Reads the object that the source stands at, or reports that it is none. */
    void read(JsonSource in, D draft) throws IOException {
        if (in.token() != JsonToken.START_OBJECT) {
            in.refuse("must be an object");
            return;
        }
        long seen = 0;
        long present = 0;
        while (in.next() != JsonToken.END_OBJECT) {
            String name = in.name();
            int index = indexOf(name);
            JsonToken token = in.next();
            if (index < 0) {
                in.refuseUnknown(name);
                continue;
            }
            long bit = 1L << index;
            in.enter(name);
            if ((seen & bit) != 0) {
                in.refuse("must stand once");
                present |= bit; // there too often, and not missing as well
            } else if (token != JsonToken.VALUE_NULL) {
                members.get(index).step.read(in, draft);
                present |= bit;
            }
            seen |= bit;
            in.leave();
        }
        requirePresent(in, present);
    }

    private int indexOf(String name) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void requirePresent(JsonSource in, long present) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).isRequired && (present & 1L << i) == 0) {
                in.missing(members.get(i).name);
            }
        }
    }
}
