package io.sluice.gateway.docs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Routes;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** {@code /openapi.json} and {@code /docs}, made once from the contract. */
public final class DocsRoutes implements Routes {

    private final Buffer json;
    private final Buffer page;

    public DocsRoutes() {
        JsonNode contract = contract();
        json = Buffer.buffer(contract.toString());
        page = Buffer.buffer(new DocsPage(contract).html());
    }

    /** The contract as it is written. */
    static JsonNode contract() {
        try (InputStream in = DocsRoutes.class.getResourceAsStream("/openapi.yaml")) {
            if (in == null) {
                throw new IllegalStateException("the contract is not on the class path");
            }
            return new ObjectMapper(new YAMLFactory()).readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void mount(Router router) {
        router.get("/openapi.json").handler(http -> send(http, "application/json", json));
        router.get("/docs").handler(http -> {
            http.response()
                    .putHeader(
                            "Content-Security-Policy",
                            "default-src 'none'; style-src 'sha256-" + DocsPage.STYLE_HASH + "'");
            send(http, "text/html; charset=" + StandardCharsets.UTF_8.name().toLowerCase(java.util.Locale.ROOT), page);
        });
    }

    private static void send(RoutingContext http, String type, Buffer body) {
        Answers.end(http, http.response().putHeader("Content-Type", type).putHeader("Cache-Control", "no-cache"), body);
    }
}
