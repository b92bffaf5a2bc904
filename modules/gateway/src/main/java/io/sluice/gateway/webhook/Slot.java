package io.sluice.gateway.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of one member of a callback's body while it streams by: to be read as what it must be, or left, and then nothing
 * is made of it. So what no slot asks for is never a value in this process (clause C6). Lives as long as one reading.
 */
public final class Slot {

    /** The word of a list, as partners' protocols have them; not a sentence, which could name somebody. */
    public static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");

    /** A currency's three letters, as ISO 4217 has them. */
    public static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    private static final int MAX_TEXT = 255;
    private static final int MAX_DEPTH = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(32)
                    .build())
            // names of members that only strangers send must not pile up in a table that outlives the request; nor must
            // what was skipped unread wait in a buffer for the next one
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private final JsonParser json;
    private boolean isBad;

    private Slot(JsonParser json) {
        this.json = json;
    }

    /** Is handed every member of an object in turn, and reads those that it knows. */
    @FunctionalInterface
    public interface Members {
        void take(String name, Slot value) throws IOException;
    }

    /** Is handed every element of an array in turn. */
    @FunctionalInterface
    public interface Elements {
        void take(Slot value) throws IOException;
    }

    /** How a body was. */
    public enum Form {
        /** One JSON object, and every slot that was asked for holds what it may. */
        SOUND,
        /** One JSON object, but a slot held what it must not. */
        BAD_SLOT,
        /** No JSON object, one with a name given twice or nested too deep, or something behind it. */
        NO_OBJECT
    }

    /** Reads a whole body. */
    public static Form read(byte[] body, Members members) {
        try (JsonParser json = JSON.createParser(body)) {
            Slot slot = new Slot(json);
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Form.NO_OBJECT;
            }
            slot.object(members);
            if (json.nextToken() != null) {
                return Form.NO_OBJECT;
            }
            return slot.isBad ? Form.BAD_SLOT : Form.SOUND;
        } catch (IOException notJson) {
            return Form.NO_OBJECT;
        }
    }

    /** The members of an object; of anything else, none. */
    public void object(Members members) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            members.take(name, this);
            skip();
        }
    }

    /** The elements of an array; of anything else, none. */
    public void array(Elements elements) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
            elements.take(this);
            skip();
        }
    }

    /** Goes past what has not been read of a value; past one that has been, nowhere. */
    private void skip() throws IOException {
        json.skipChildren();
        if (json.currentToken() == null) {
            throw new JsonEOFException(json, JsonToken.NOT_AVAILABLE, "ended within a value");
        }
    }

    /** A text of up to 255 characters; null if it is null. Anything else is bad. */
    public @Nullable String text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = textOrNothing();
        return text == null ? bad() : text;
    }

    /** A text of that form; null if it is null. Anything else is bad. */
    public @Nullable String text(Pattern form) throws IOException {
        String text = text();
        return text == null || form.matcher(text).matches() ? text : bad();
    }

    /** A text if it is one of up to 255 characters. */
    public @Nullable String textOrNothing() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getTextLength() > MAX_TEXT) {
            return null;
        }
        String text = json.getText();
        return text.indexOf('\0') < 0 ? text : null;
    }

    /**
     * A word of a list, if the text is one. In a partner's own words it could say anything, of anybody, and would rest in
     * clear: then it is surplus (clause C6). What is no text is bad.
     */
    public @Nullable String code() throws IOException {
        String text = text();
        return text != null && CODE.matcher(text).matches() ? text : null;
    }

    /** A whole number from 0 on; null if it is null. Anything else is bad. */
    public @Nullable Long number() throws IOException {
        JsonToken value = json.currentToken();
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || json.getLongValue() < 0) {
            return bad();
        }
        return json.getLongValue();
    }

    public boolean isTrue() {
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    /** An id of ours. Another text was somebody else's, and leaves the slot empty; what is no text is bad. */
    public @Nullable UUID id() throws IOException {
        return id(text());
    }

    /** An id of ours, if the text is one. */
    public static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null || text.length() != 36 ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    /** Says that this value is not what it must be. What is left of it is gone past unread. */
    public <T> @Nullable T bad() {
        isBad = true;
        return null;
    }
}
