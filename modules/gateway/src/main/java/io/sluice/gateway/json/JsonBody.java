package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a request's body: decoded strictly, parsed once, straight into its reader's draft. */
public final class JsonBody {

    // neither names nor texts are kept from one request to the next: a client's words must not live on in a shared
    // table
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            // the body's own size and depth are limited, and no number is ever computed
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonBody() {}

    /** The request's body. Throws {@link Refused} if it is said to be something else than JSON, or with all that is wrong with it. */
    public static <V> V read(RoutingContext http, JsonValue<V> shape, int maxDepth) {
        requireJson(http);
        return read(http.body().buffer(), shape, maxDepth);
    }

    /** The body. Throws {@link Refused} with all that is wrong with it. */
    static <V> V read(@Nullable Buffer body, JsonValue<V> shape, int maxDepth) {
        CharBuffer text = decoded(body == null ? new byte[0] : body.getBytes());
        try (JsonParser parser = FACTORY.createParser(text.array(), text.arrayOffset(), text.remaining())) {
            JsonSource in = new JsonSource(parser, maxDepth);
            if (in.next() != JsonToken.START_OBJECT) {
                throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
            }
            V value = shape.read(in);
            in.end();
            in.requireGood();
            if (value == null) {
                throw new IllegalStateException("a body without a value and without a reason");
            }
            return value;
        } catch (JsonProcessingException malformed) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // an array does not fail to be read
        }
    }

    private static CharBuffer decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException illFormed) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
    }

    private static void requireJson(RoutingContext http) {
        String type = http.request().getHeader("content-type");
        String essence = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String encoding = http.request().getHeader("content-encoding");
        if (!essence.equals("application/json") || !(encoding == null || encoding.equalsIgnoreCase("identity"))) {
            throw new Refused(Problems.of(RequestRefusal.UNSUPPORTED_MEDIA_TYPE));
        }
    }
}
