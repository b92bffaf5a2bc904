package io.sluice.gateway.order;

import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;

/** The raw body of a request that must be JSON. */
final class JsonBodies {

    private JsonBodies() {}

    /** Throws {@link Refused} if the request says that its body is something else. */
    static Buffer of(RoutingContext http) {
        String type = Objects.requireNonNullElse(http.request().getHeader("content-type"), "");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!essence.equals("application/json")) {
            throw new Refused(Problems.of(RequestRefusal.UNSUPPORTED_MEDIA_TYPE));
        }
        return Objects.requireNonNullElseGet(http.body().buffer(), Buffer::buffer);
    }
}
