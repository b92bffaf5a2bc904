package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request body, parsed in one pass: maps, lists, strings, longs, booleans, null; other numbers stay {@link #INEXACT}. */
final class JsonTree {

    /** A number that is no 64-bit integer: no field takes one. */
    static final Object INEXACT = new Object();

    // field names are not kept from one request to the next: a client's words must not live on in a shared table
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private JsonTree() {}

    /** The body's object. Throws {@link Refused} if it is not JSON, not an object, or nests too deep. */
    static Map<String, @Nullable Object> object(Buffer body, int maxDepth) {
        byte[] bytes = body.getBytes();
        requireUtf8(bytes);
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
            }
            Map<String, @Nullable Object> object = readObject(parser, maxDepth);
            if (parser.nextToken() != null) {
                throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
            }
            return object;
        } catch (JsonParseException malformed) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        } catch (JsonProcessingException limit) {
            throw new Refused(Problems.of(RequestRefusal.TOO_DEEP));
        } catch (IOException impossible) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
    }

    // the parser is lenient about some ill-formed sequences
    private static void requireUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException illFormed) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser, int depth) throws IOException {
        requireDepth(depth);
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, readValue(parser, depth - 1));
        }
        return object;
    }

    private static List<@Nullable Object> readArray(JsonParser parser, int depth) throws IOException {
        requireDepth(depth);
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(readValue(parser, depth - 1));
        }
        return array;
    }

    private static @Nullable Object readValue(JsonParser parser, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser, depth);
            case START_ARRAY -> readArray(parser, depth);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? INEXACT : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> INEXACT;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        };
    }

    private static void requireDepth(int depth) {
        if (depth <= 0) {
            throw new Refused(Problems.of(RequestRefusal.TOO_DEEP));
        }
    }
}
