package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.sluice.kernel.Clause;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.SignedHead;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second sink that refuses, keeps silent and comes back, and a shop that does not mind. */
@Clause("C3")
class SecondSinkIT {

    private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

    @TempDir
    static Path dataDir;

    private enum Mood {
        REFUSES,
        IS_SILENT,
        KEEPS
    }

    /** One delivery as it came. */
    private record Call(Mood mood, HttpHeaders headers, String body) {}

    private static final AtomicReference<Mood> MOOD = new AtomicReference<>(Mood.REFUSES);
    private static final BlockingQueue<Call> CALLS = new LinkedBlockingQueue<>();

    private static Vertx vertx;
    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        vertx = Vertx.vertx();
        HttpServer sink = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Mood mood = MOOD.get();
                    Map<String, List<String>> headers = new HashMap<>();
                    request.headers().forEach(header -> headers.put(header.getKey(), List.of(header.getValue())));
                    // what was taken away from persons is brought by itself
                    if (body.toString().contains("ledger.head")) {
                        CALLS.add(new Call(mood, HttpHeaders.of(headers, (name, value) -> true), body.toString()));
                    }
                    if (mood != Mood.IS_SILENT) {
                        request.response()
                                .setStatusCode(mood == Mood.KEEPS ? 204 : 503)
                                .end()
                                .onFailure(gone -> assertThat(gone).isNotNull());
                    }
                }))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        shop = Shop.open(
                dataDir,
                Map.of(
                        "ledger.second_sink.url",
                        "http://127.0.0.1:" + sink.actualPort() + "/heads",
                        "ledger.second_sink.secret",
                        SECRET,
                        "ledger.second_sink.file",
                        dataDir.resolve("elsewhere/heads.ndjson").toString(),
                        "ledger.second_sink.timeout",
                        "500ms"));
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void neitherOrdersNorSealingWaitForItAndItGetsEverythingOnceItIsBack() throws Exception {
        String token = shop.token("customer1");
        long before = leaves(token, "while-it-refuses");
        assertThat(next(Mood.REFUSES).body()).contains("ledger.head");
        assertThat(shop.metrics()).containsPattern("sluice_ledger_sink_failed_total\\{sink=\"webhook [^\"]*\"} [1-9]");
        MOOD.set(Mood.IS_SILENT);
        assertThat(next(Mood.IS_SILENT).body()).isNotEmpty();
        long meanwhile = leaves(token, "while-it-is-silent");
        assertThat(meanwhile).as("heads are signed while it hangs").isGreaterThan(before);
        assertThat(shop.metrics())
                .containsPattern("sluice_ledger_sink_behind_seconds\\{sink=\"webhook [^\"]*\"} [0-9]*[1-9]");

        MOOD.set(Mood.KEEPS);
        List<SignedHead> kept = new ArrayList<>();
        while (kept.isEmpty() || kept.getLast().head().leaves() < meanwhile) {
            Call call = next(Mood.KEEPS);
            new Webhook(SECRET).verify(call.body(), call.headers());
            for (String line : call.body().lines().toList()) {
                kept.add(SignedHead.parse(
                        new JsonObject(line).getJsonObject("data").encode()));
            }
        }
        assertThat(kept).extracting(head -> head.head().size()).isSorted().doesNotHaveDuplicates();
        assertThat(kept.getFirst().head().leaves()).as("the first one too").isLessThanOrEqualTo(before);
        Path file = dataDir.resolve("elsewhere/heads.ndjson");
        assertThat(FileSink.heads(file))
                .as("the other sink has not waited for this one")
                .containsAll(kept.subList(0, 1));
        assertThat(Files.readString(file)).doesNotContain("Nora");
    }

    /** How many leaves there are under the head of a receipt for an order that is placed now. */
    private static long leaves(String token, String key) throws Exception {
        String id = new JsonObject(
                        shop.place(token, key, Shop.order(shop.freshProduct()).encode())
                                .body())
                .getString("id");
        return new JsonObject(shop.get(token, "/v1/orders/" + id + "/receipt").body())
                .getJsonObject("head")
                .getJsonObject("head")
                .getLong("leaves");
    }

    private static Call next(Mood mood) throws Exception {
        long giveUp = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (System.nanoTime() < giveUp) {
            Call call = CALLS.poll(1, TimeUnit.SECONDS);
            if (call != null && call.mood() == mood) {
                return call;
            }
        }
        throw new AssertionError("the second sink was not called within three minutes");
    }
}
