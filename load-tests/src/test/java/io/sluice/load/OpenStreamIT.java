package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream in front of a server that answers nobody until all have asked: whoever waited for answers would never end. */
class OpenStreamIT {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int PER_SECOND = 50;

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path folder;

    private final Vertx vertx = Ours.vertx();
    private final List<HttpServerRequest> asked = new ArrayList<>();
    private final List<Future<Void>> answered = new ArrayList<>();
    private final Set<String> events = ConcurrentHashMap.newKeySet();
    private volatile int status = 200;
    private int port;

    @BeforeEach
    void open() throws Exception {
        Files.createDirectories(folder.resolve("secrets"));
        Files.writeString(folder.resolve("secrets").resolve("payments.sandbox.webhook_secret"), SECRET + "\n");
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    verify(request, body.toString());
                    asked.add(request);
                    if (asked.size() == PER_SECOND) {
                        asked.forEach(each -> answered.add(
                                each.response().setStatusCode(status).end("as you say")));
                    }
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        port = server.actualPort();
    }

    private void verify(HttpServerRequest request, String body) {
        Map<String, List<String>> headers = new ConcurrentHashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey(), List.of(header.getValue())));
        try {
            new Webhook(SECRET).verify(body, HttpHeaders.of(headers, (name, value) -> true));
            events.add(String.valueOf(request.getHeader("webhook-id")));
        } catch (Exception forged) {
            throw new AssertionError(forged);
        }
    }

    @AfterEach
    void close() {
        Ours.close(vertx);
    }

    @Test
    void callbacksGoOutWhetherEarlierOnesAreAnsweredAndTheirLatencyCountsFromWhenTheyWereMeantTo() throws Exception {
        OpenStream.Told told = tell();

        assertThat(told.taken()).isEqualTo(PER_SECOND);
        assertThat(told.others()).isZero();
        assertThat(events).as("each genuine, and an event of its own").hasSize(PER_SECOND);
        assertThat(told.latencies().max())
                .as("the first of a second's callbacks has waited for the last")
                .isGreaterThanOrEqualTo(1000.0 * (PER_SECOND - 1) / PER_SECOND);
        assertThat(told.latencies().p50()).isLessThan(told.latencies().max());
    }

    @Test
    void whatWasNotTakenIsNoLatencyButAFault() throws Exception {
        status = 503;

        OpenStream.Told told = tell();

        assertThat(told.taken()).isZero();
        assertThat(told.others()).isEqualTo(PER_SECOND);
        assertThat(told.examples()).isNotEmpty().allMatch(example -> example.startsWith("503"));
    }

    private OpenStream.Told tell() throws Exception {
        Callbacks callbacks = new Callbacks(folder, List.of("00000000-0000-7000-8000-000000000001"));
        return new OpenStream(vertx, port, callbacks).tell(PER_SECOND, 1).await(20, TimeUnit.SECONDS);
    }
}
