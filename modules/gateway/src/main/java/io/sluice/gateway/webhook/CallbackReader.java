package io.sluice.gateway.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a callback's catalogued slots as a stream, {@code {"type": …, "data": {…}}}, and skips everything else without
 * making a value of it. What rests in clear is held to its form: kinds, statuses and reasons are words of lists.
 */
final class CallbackReader {

    private static final int MAX_TEXT = 255;
    private static final int MAX_DEPTH = 16;
    // the word of a list, as partners' protocols have them; not a sentence, which could name somebody
    private static final Pattern CODE = Pattern.compile("[a-z0-9_.-]{1,64}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

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

    private final Set<String> kinds;

    /** @param kinds what comes before the first dot of a type that is ours, such as {@code capture} */
    CallbackReader(Set<String> kinds) {
        this.kinds = Set.copyOf(kinds);
    }

    /** What a callback says. */
    sealed interface Said {

        /** Of a kind that is ours. */
        record Known(Slots slots) implements Said {}

        /** Of another kind: nothing to do. */
        record Unknown() implements Said {}

        /** No JSON object with a type, or a slot holds what it must not. */
        record Malformed() implements Said {}
    }

    /** The catalogued slots; null where nothing was said. */
    record Slots(
            String kind,
            @Nullable UUID operationId,
            @Nullable String reference,
            @Nullable String status,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String trackingNumber,
            @Nullable String reason) {}

    Said read(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            Reading reading = new Reading();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return new Said.Malformed();
            }
            reading.envelope(json);
            if (json.nextToken() != null) {
                return new Said.Malformed();
            }
            return reading.said(kinds);
        } catch (IOException notJson) {
            return new Said.Malformed();
        }
    }

    /** One callback while it is being read. A bad slot counts only if the kind turns out to be ours. */
    private static final class Reading {
        private boolean isBad;
        private @Nullable String kind;
        private @Nullable UUID operationId;
        private @Nullable String reference;
        private @Nullable String status;
        private @Nullable Long amount;
        private @Nullable String currency;
        private @Nullable String trackingNumber;
        private @Nullable String reason;

        void envelope(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("type")) {
                    kind = text(json, value);
                } else if (name.equals("data") && value == JsonToken.START_OBJECT) {
                    data(json);
                } else {
                    skip(json);
                }
            }
        }

        private void data(JsonParser json) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                switch (name) {
                    case "idempotency_key" -> operationId = id(text(json, value));
                    case "id" -> reference = text(json, value);
                    case "status" -> status = text(json, value, CODE);
                    case "amount" -> amount = number(json, value);
                    case "currency" -> currency = text(json, value, CURRENCY);
                    case "tracking_number" -> trackingNumber = text(json, value);
                    case "decline_code" -> reason = reason(text(json, value));
                    default -> skip(json);
                }
            }
        }

        private static void skip(JsonParser json) throws IOException {
            json.skipChildren();
            if (json.currentToken() == null) {
                throw new JsonEOFException(json, JsonToken.NOT_AVAILABLE, "ended within a value");
            }
        }

        private @Nullable String text(JsonParser json, @Nullable JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return null;
            }
            if (value != JsonToken.VALUE_STRING || json.getTextLength() > MAX_TEXT) {
                return bad(json);
            }
            String text = json.getText();
            return text.indexOf('\0') < 0 ? text : bad(json);
        }

        private @Nullable String text(JsonParser json, @Nullable JsonToken value, Pattern form) throws IOException {
            String text = text(json, value);
            return text == null || form.matcher(text).matches() ? text : bad(json);
        }

        /** A reason in a partner's own words is surplus: it could say anything, of anybody, and rests in clear (clause C6). */
        private static @Nullable String reason(@Nullable String text) {
            return text != null && CODE.matcher(text).matches() ? text : null;
        }

        private @Nullable Long number(JsonParser json, @Nullable JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                return null;
            }
            if (value != JsonToken.VALUE_NUMBER_INT
                    || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    || json.getLongValue() < 0) {
                return bad(json);
            }
            return json.getLongValue();
        }

        /** A key that is no id of ours was somebody else's request: the slot stays empty. */
        private static @Nullable UUID id(@Nullable String key) {
            try {
                return key == null || key.length() != 36 ? null : UUID.fromString(key);
            } catch (IllegalArgumentException notOurs) {
                return null;
            }
        }

        private <T> @Nullable T bad(JsonParser json) throws IOException {
            isBad = true;
            skip(json);
            return null;
        }

        Said said(Set<String> kinds) {
            if (kind == null) {
                return new Said.Malformed();
            }
            int dot = kind.indexOf('.');
            if (!CODE.matcher(kind).matches() || !kinds.contains(dot < 0 ? kind : kind.substring(0, dot))) {
                return new Said.Unknown();
            }
            return isBad
                    ? new Said.Malformed()
                    : new Said.Known(
                            new Slots(kind, operationId, reference, status, amount, currency, trackingNumber, reason));
        }
    }
}
