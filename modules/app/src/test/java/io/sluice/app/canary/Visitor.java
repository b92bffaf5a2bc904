package io.sluice.app.canary;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everybody who comes to the node's doors. Keeps every byte that they were answered. */
final class Visitor implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI shop;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream staffAnswers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream problems = new ByteArrayOutputStream();

    Visitor(URI shop) {
        this.shop = shop;
    }

    /** An answer, read whole. */
    record Answer(int status, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }

        /** @throws IllegalStateException if the workload did not get what it went for: then the search would prove nothing */
        @CanIgnoreReturnValue
        Answer expect(int... statuses) {
            for (int each : statuses) {
                if (each == status) {
                    return this;
                }
            }
            throw new IllegalStateException("answered " + status + " instead: " + body);
        }
    }

    @CanIgnoreReturnValue
    Answer call(String method, String target, String... headers) throws IOException, InterruptedException {
        return kept(request(target, headers).method(method, BodyPublishers.noBody()));
    }

    /** With a body that is said to be JSON. */
    @CanIgnoreReturnValue
    Answer send(String method, String target, String body, String... headers) throws IOException, InterruptedException {
        return kept(request(target, headers)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String target, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(target));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer kept(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String whole = answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body() + "\n";
        if (answer.statusCode() < 400 && answer.uri().getPath().startsWith("/v1/staff/")) {
            keep(staffAnswers, whole);
        } else {
            keep(answer.statusCode(), whole);
        }
        return new Answer(answer.statusCode(), answer.body());
    }

    /** Reads the first so many events of a stream, and leaves. */
    List<String> events(int many, String target, String... headers) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(
                request(target, headers).header("Accept", "text/event-stream").build(),
                HttpResponse.BodyHandlers.ofInputStream());
        List<String> events = new ArrayList<>();
        try (InputStream stream = answer.body()) {
            StringBuilder line = new StringBuilder();
            for (int read = stream.read(); read >= 0 && events.size() < many; read = stream.read()) {
                line.append((char) read);
                if (read == '\n') {
                    if (line.indexOf("data:") == 0) {
                        events.add(line.toString());
                    }
                    keep(answer.statusCode(), line.toString());
                    line.setLength(0);
                }
            }
        }
        return events;
    }

    /** Says something that no HTTP client would, and keeps what is answered until the node hangs up or has said enough. */
    void shout(String bytes) throws IOException {
        try (Socket line = new Socket(InetAddress.getLoopbackAddress(), shop.getPort())) {
            line.setSoTimeout(1000);
            line.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            line.getOutputStream().flush();
            byte[] piece = new byte[8192];
            int read = line.getInputStream().read(piece);
            keep(400, new String(piece, 0, Math.max(0, read), StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException silent) {
            // what is not whole is waited for
            return;
        }
    }

    private void keep(int status, String text) {
        keep(status < 400 ? answers : problems, text);
    }

    private static void keep(ByteArrayOutputStream where, String text) {
        where.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] answers() {
        return answers.toByteArray();
    }

    byte[] staffAnswers() {
        return staffAnswers.toByteArray();
    }

    byte[] problems() {
        return problems.toByteArray();
    }

    @Override
    public void close() {
        client.close();
    }
}
