package io.sluice.gateway.partner;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What partners are told and what they say, as bytes. {@link JsonObject} would write and read by way of buffers that wait for the
 * next one with the last one's text in them: an address would stay in memory for as long as the node is idle.
 */
final class PartnerJson {

    private static final JsonFactory UNKEPT = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private PartnerJson() {}

    static Buffer bytes(JsonObject body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = UNKEPT.createGenerator(bytes)) {
            JacksonCodec.encodeJson(body, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // an array does not fail to take bytes
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** The object that the bytes are; null if they are none. */
    static @Nullable JsonObject object(@Nullable Buffer body) {
        if (body == null) {
            return null;
        }
        try (JsonParser json = UNKEPT.createParser(body.getBytes())) {
            return JacksonCodec.fromParser(json, Map.class) instanceof Map<?, ?> members ? object(members) : null;
        } catch (IOException | DecodeException notAnObject) {
            return null;
        }
    }

    @SuppressWarnings("unchecked") // the names of a JSON object's members are texts
    private static JsonObject object(Map<?, ?> members) {
        return new JsonObject((Map<String, Object>) members);
    }
}
