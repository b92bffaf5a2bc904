package io.sluice.gateway.json;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of a request body, field by field. What is wrong is collected, and {@link #end} throws it all at once; until
 * then every value that was not right reads as a harmless stand-in, so that reading can go on.
 *
 * <p>Every text is searched for card numbers (clause A5), in fields that nobody catalogued as well; a field that nobody asked
 * for is refused (clause A1). No problem repeats what was sent.
 */
public final class JsonReading {

    private final Map<String, @Nullable Object> object;
    private final String pointer;
    private final Map<RequestRefusal, List<Problem.At>> problems;
    private final Set<String> known = new HashSet<>();
    private final List<JsonReading> nested = new ArrayList<>();

    private JsonReading(
            Map<String, @Nullable Object> object, String pointer, Map<RequestRefusal, List<Problem.At>> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /** Begins to read a body. Throws {@link Refused} if it is no JSON object at all. */
    public static JsonReading of(@Nullable Buffer body, int maxDepth) {
        if (body == null || body.length() == 0) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
        return new JsonReading(JsonTree.object(body, maxDepth), "", new EnumMap<>(RequestRefusal.class));
    }

    /** A text that must be there: 1 to {@code max} characters, no control characters, no card number. */
    public String text(String name, int max) {
        String value = optionalText(name, max);
        if (value == null) {
            requirePresent(name);
            return "";
        }
        return value;
    }

    public @Nullable String optionalText(String name, int max) {
        return text(name, max, true);
    }

    /** As {@link #text}, for a field that may look like a card number and is none: {@code sku}. */
    public String exemptText(String name, int max) {
        String value = optionalExemptText(name, max);
        if (value == null) {
            requirePresent(name);
            return "";
        }
        return value;
    }

    /** As {@link #optionalText}, likewise: {@code phone}. */
    public @Nullable String optionalExemptText(String name, int max) {
        return text(name, max, false);
    }

    private @Nullable String text(String name, int max, boolean isSearched) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof String text)) {
            wrong(name, "must be a string");
            return null;
        }
        if (isSearched && CardNumbers.isIn(text)) {
            report(RequestRefusal.CARD_NUMBER, at(name), "holds a card number");
            return null;
        }
        if (text.isBlank() || text.codePointCount(0, text.length()) > max) {
            wrong(name, "must have 1 to " + max + " characters");
            return null;
        }
        if (text.chars().anyMatch(c -> Character.isISOControl((char) c)) || hasLoneSurrogate(text)) {
            wrong(name, "must not hold control characters");
            return null;
        }
        return text;
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    /** Holds a text that was read against a format. */
    public void require(String name, @Nullable String value, Predicate<String> format, String mustBe) {
        if (value != null && !value.isEmpty() && !format.test(value)) {
            wrong(name, mustBe);
        }
    }

    /** An integer that must be there and within bounds. */
    public long integer(String name, long min, long max) {
        Object value = take(name);
        if (value == null) {
            requirePresent(name);
            return min;
        }
        if (value instanceof Long digits && CardNumbers.isIn(digits.toString())) {
            report(RequestRefusal.CARD_NUMBER, at(name), "holds a card number");
            return min;
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            wrong(name, "must be an integer from " + min + " to " + max);
            return min;
        }
        return number;
    }

    /** True or false, which must be there. */
    public boolean flag(String name) {
        Object value = take(name);
        if (value == null) {
            requirePresent(name);
        } else if (!(value instanceof Boolean)) {
            wrong(name, "must be true or false");
        }
        return Boolean.TRUE.equals(value);
    }

    /** An object that must be there; an empty one to read on from if it is not. */
    public JsonReading object(String name) {
        JsonReading value = optionalObject(name);
        if (value == null) {
            requirePresent(name);
            // its own fields are not asked for: that the object is missing says it all
            return new JsonReading(Map.of(), at(name), new EnumMap<>(RequestRefusal.class));
        }
        return value;
    }

    @SuppressWarnings("unchecked") // JsonTree makes maps of this type only
    public @Nullable JsonReading optionalObject(String name) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            wrong(name, "must be an object");
            return null;
        }
        JsonReading reading = new JsonReading((Map<String, @Nullable Object>) map, at(name), problems);
        nested.add(reading);
        return reading;
    }

    /** A list of objects, if it is there. */
    @SuppressWarnings("unchecked") // JsonTree makes maps of this type only
    public @Nullable List<JsonReading> optionalObjects(String name, int max) {
        Object value = take(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > max) {
            wrong(name, "must be a list of 1 to " + max + " objects");
            return List.of();
        }
        List<JsonReading> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map) {
                JsonReading reading =
                        new JsonReading((Map<String, @Nullable Object>) map, at(name) + "/" + i, problems);
                nested.add(reading);
                items.add(reading);
            } else {
                report(RequestRefusal.INVALID_FIELD, at(name) + "/" + i, "must be an object");
            }
        }
        return items;
    }

    /** A list of objects that must be there. */
    public List<JsonReading> objects(String name, int max) {
        List<JsonReading> items = optionalObjects(name, max);
        if (items == null) {
            requirePresent(name);
            return List.of();
        }
        return items;
    }

    /** An object of flags by name, such as consents; its names are the caller's to check. */
    public Map<String, Boolean> flags(String name, int max) {
        JsonReading reading = object(name);
        Map<String, Boolean> flags = new LinkedHashMap<>();
        if (reading.object.size() > max) {
            wrong(name, "must have at most " + max + " members");
            reading.known.addAll(reading.object.keySet());
            return flags;
        }
        List.copyOf(reading.object.keySet()).forEach(member -> flags.put(member, reading.flag(member)));
        return flags;
    }

    /** Reports something about a field that its reader found. */
    public void wrong(String name, String mustBe) {
        report(RequestRefusal.INVALID_FIELD, at(name), mustBe);
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return object.get(name);
    }

    private void requirePresent(String name) {
        if (object.get(name) == null) {
            report(RequestRefusal.MISSING_FIELD, at(name), "must be there");
        }
    }

    private String at(String name) {
        // RFC 6901, 3
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private void report(RequestRefusal refusal, String where, String detail) {
        problems.computeIfAbsent(refusal, first -> new ArrayList<>()).add(new Problem.At(where, detail));
    }

    /** Ends the reading of the whole body: throws {@link Refused} with all that was wrong, the gravest kind first. */
    public void end() {
        surplus();
        for (RequestRefusal refusal : List.of(
                RequestRefusal.CARD_NUMBER,
                RequestRefusal.UNKNOWN_FIELD,
                RequestRefusal.MISSING_FIELD,
                RequestRefusal.INVALID_FIELD)) {
            if (problems.containsKey(refusal)) {
                List<Problem.At> all = new ArrayList<>(problems.getOrDefault(refusal, List.of()));
                problems.forEach((other, at) -> all.addAll(other == refusal ? List.of() : at));
                throw new Refused(Problems.of(refusal.code(), all));
            }
        }
    }

    private void surplus() {
        object.forEach((name, value) -> {
            if (!known.contains(name)) {
                if (CardNumbers.isIn(name) || holdsCard(value)) {
                    report(RequestRefusal.CARD_NUMBER, pointer, "holds a card number");
                } else {
                    report(RequestRefusal.UNKNOWN_FIELD, at(name), "is not a catalogued field");
                }
            }
        });
        nested.forEach(JsonReading::surplus);
    }

    private static boolean holdsCard(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case String text -> CardNumbers.isIn(text);
            case Long number -> CardNumbers.isIn(number.toString());
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .anyMatch(entry ->
                                CardNumbers.isIn(String.valueOf(entry.getKey())) || holdsCard(entry.getValue()));
            case List<?> list -> list.stream().anyMatch(JsonReading::holdsCard);
            default -> false;
        };
    }
}
