package io.sluice.gateway.partner;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A form as {@code application/x-www-form-urlencoded} has it, in the order of its fields. */
final class FormBody {

    static final String TYPE = "application/x-www-form-urlencoded";

    private final StringBuilder text = new StringBuilder(256);

    @CanIgnoreReturnValue
    FormBody with(String name, String value) {
        if (!text.isEmpty()) {
            text.append('&');
        }
        text.append(encoded(name)).append('=').append(encoded(value));
        return this;
    }

    @CanIgnoreReturnValue
    FormBody with(String name, long value) {
        return with(name, Long.toString(value));
    }

    Buffer bytes() {
        return Buffer.buffer(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
