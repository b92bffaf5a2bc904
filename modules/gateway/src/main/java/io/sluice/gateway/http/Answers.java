package io.sluice.gateway.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.sluice.guard.NotAnswered;
import io.sluice.guard.Outcome;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers: JSON by streaming, problems as documents, and failures without their causes. */
public final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final JsonFactory JSON = new JsonFactory();
    // a recycled buffer would keep what somebody was told until another answer is written over it
    private static final JsonFactory PERSONAL_JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();
    private static final String RETRY_AFTER_SECONDS = "1";

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private Answers() {}

    /** The bytes that the body writes. */
    public static Buffer bytes(Body body) {
        return bytes(JSON, body);
    }

    /** The same, for what is personal: nothing of it outlives the answer in this room. */
    public static Buffer personalBytes(Body body) {
        return bytes(PERSONAL_JSON, body);
    }

    private static Buffer bytes(JsonFactory factory, Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // an array does not fail to take bytes
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    public static void json(RoutingContext http, int status, Body body) {
        json(http, status, bytes(body));
    }

    /** The same of JSON that is written already. */
    public static void json(RoutingContext http, int status, Buffer written) {
        send(http, status, "application/json", written);
    }

    /** An answer without a body. */
    public static void empty(HttpServerResponse response, int status) {
        response.setStatusCode(status)
                .putHeader("Cache-Control", "no-store")
                .end()
                .onFailure(gone -> LOG.debug("client did not wait for the answer"));
    }

    public static void problem(RoutingContext http, Problem problem) {
        if (http.response().ended() || http.response().headWritten()) {
            return;
        }
        boolean mayRetry = problem.status() == 429 || problem.status() == 503;
        // whoever knows better has said so already
        if (mayRetry && !http.response().headers().contains("Retry-After")) {
            http.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 401) {
            http.response().putHeader("WWW-Authenticate", "Bearer");
        }
        send(http, problem.status(), "application/problem+json", bytes(json -> write(problem, http, json)));
    }

    private static void write(Problem problem, RoutingContext http, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", problem.type());
        json.writeStringField("title", problem.title());
        json.writeNumberField("status", problem.status());
        json.writeStringField("detail", problem.detail());
        json.writeStringField("trace_id", Trace.of(http).traceId());
        if (!problem.errors().isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (Problem.At at : problem.errors()) {
                json.writeStartObject();
                json.writeStringField("pointer", at.pointer());
                json.writeStringField("detail", at.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void send(RoutingContext http, int status, String type, Buffer body) {
        HttpServerResponse response = http.response();
        if (response.ended() || response.closed()) {
            return; // whoever asked has gone
        }
        end(
                http,
                response.setStatusCode(status).putHeader("Content-Type", type).putHeader("Cache-Control", "no-store"),
                body);
    }

    /**
     * Ends the response with this body; or, if the request is a HEAD, with its length alone, as RFC 9110, 9.3.2, has it. Whoever
     * answers a GET by another way must do the same.
     */
    public static void end(RoutingContext http, HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Length", Integer.toString(body.length()));
        Future<Void> ended = isHead(http) ? response.end() : response.end(body);
        ended.onFailure(gone -> LOG.debug("client did not wait for the answer"));
    }

    /** Whether the client wants to know how a GET would be answered, without its body. */
    public static boolean isHead(RoutingContext http) {
        return http.request().method().equals(HttpMethod.HEAD);
    }

    /** Answers with what a room has said: its value, its refusal, or that it could not. */
    public static <R> void answer(RoutingContext http, Future<Outcome<R>> asked, Consumer<R> done) {
        asked.onComplete(result -> {
            if (result.failed()) {
                failed(http, result.cause());
                return;
            }
            switch (result.result()) {
                case Outcome.Done<R> value -> guarded(http, () -> done.accept(value.value()));
                case Outcome.Refused<R> refused -> refused(http, refused);
            }
        });
    }

    public static void refused(RoutingContext http, Outcome.Refused<?> refused) {
        problem(http, Problems.of(refused));
    }

    /** Runs what may throw, and answers with a failure if it does. */
    public static void guarded(RoutingContext http, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException thrown) {
            failed(http, thrown);
        }
    }

    /** Something went wrong on our side. The cause is logged and never told. */
    public static void failed(RoutingContext http, Throwable cause) {
        switch (cause) {
            case Refused refused -> problem(http, refused.problem());
            case Unavailable away -> {
                LOG.info(
                        "unavailable what={} trace={}",
                        away.getMessage(),
                        Trace.of(http).traceId());
                problem(http, Problems.of(RequestRefusal.UNAVAILABLE));
            }
            case NotAnswered late -> {
                LOG.warn(
                        "not answered address={} trace={}",
                        late.getMessage(),
                        Trace.of(http).traceId());
                problem(http, Problems.of(RequestRefusal.NOT_ANSWERED));
            }
            default -> {
                LOG.error("request failed trace={}", Trace.of(http).traceId(), cause);
                problem(http, Problems.of(RequestRefusal.FAILED));
            }
        }
    }
}
