package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A system of the merchant's that is told of orders: what it hears, and what it answers. */
final class Receiver implements AutoCloseable {

    /** One call. */
    record Call(Map<String, List<String>> headers, String text) {

        JsonObject json() {
            return new JsonObject(text);
        }

        String order() {
            return json().getJsonObject("data").getString("order_id");
        }

        long sequence() {
            return json().getJsonObject("data").getLong("sequence");
        }

        String id() {
            return Objects.requireNonNull(headers.get("webhook-id")).getFirst();
        }

        boolean isSignedBy(String secret) throws EmptyWebhookSecretException {
            try {
                new Webhook(secret).verify(text, headers);
                return true;
            } catch (WebhookVerificationException forged) {
                return false;
            }
        }
    }

    private static final long PATIENCE_SECONDS = 40;

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int status = 204;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/hooks", this::heard);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks";
    }

    void answers(int with) {
        status = with;
    }

    /** The next call about one of these orders; others are none of the asker's. */
    Call next(String order) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < giveUp) {
            Call call = calls.poll(1, TimeUnit.SECONDS);
            if (call != null && call.order().equals(order)) {
                return call;
            }
        }
        throw new AssertionError("nothing was told of " + order + " in time");
    }

    List<Call> next(String order, long count) throws InterruptedException {
        List<Call> told = new ArrayList<>();
        while (told.size() < count) {
            told.add(next(order));
        }
        return told;
    }

    /** Whether nothing is told of the order for a moment. */
    boolean isSilentAbout(String order) throws InterruptedException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (System.nanoTime() < giveUp) {
            Call call = calls.poll(100, TimeUnit.MILLISECONDS);
            if (call != null && call.order().equals(order)) {
                return false;
            }
        }
        return true;
    }

    private void heard(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            calls.add(new Call(headers, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            assertThat(exchange.getRequestMethod()).isEqualTo("POST");
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
