package io.sluice.app.http;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client that remembers everything that was said, so that nobody need look at each answer. */
final class Recording {

    private final Shop shop;
    private final List<Exchange> exchanges = new ArrayList<>();

    Recording(Shop shop) {
        this.shop = shop;
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Calls without a body. */
    @CanIgnoreReturnValue
    Exchange call(String method, String target, String... headers) throws Exception {
        return record(method, target, "", builder(target, headers));
    }

    /** Calls with a body that is said to be JSON. */
    @CanIgnoreReturnValue
    Exchange send(String method, String target, JsonObject body, String... headers) throws Exception {
        return sendText(method, target, body.encode(), "application/json", headers);
    }

    /** Calls with any body. */
    @CanIgnoreReturnValue
    Exchange sendText(String method, String target, String body, String type, String... headers) throws Exception {
        return record(method, target, body, builder(target, headers).header("Content-Type", type));
    }

    /** Opens a stream of server-sent events, and leaves it after the first event, which is returned. */
    JsonObject firstEvent(String target, String... headers) throws Exception {
        HttpRequest request = builder(target, headers)
                .header("Accept", "text/event-stream")
                .GET()
                .build();
        HttpResponse<InputStream> answer = shop.stream(request);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            exchanges.add(
                    new Exchange("GET", target, request.headers(), "", answer.statusCode(), answer.headers(), ""));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    return new JsonObject(line.substring("data:".length()));
                }
            }
            throw new IllegalStateException("the stream ended without an event");
        }
    }

    private Exchange record(String method, String target, String body, HttpRequest.Builder builder) throws Exception {
        HttpRequest.Builder request = builder.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = shop.send(request);
        Exchange exchange = new Exchange(
                method, target, answer.request().headers(), body, answer.statusCode(), answer.headers(), answer.body());
        exchanges.add(exchange);
        return exchange;
    }

    private HttpRequest.Builder builder(String target, String... headers) {
        HttpRequest.Builder builder = shop.request(target);
        return headers.length == 0 ? builder : builder.headers(headers);
    }
}
