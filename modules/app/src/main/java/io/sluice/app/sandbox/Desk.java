package io.sluice.app.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The manners that both partners share over HTTP: who may ask, under which key, and how an answer is given or withheld. */
final class Desk {

    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final long MAX_BODY = 16 * 1024;

    private final Vertx vertx;
    private final byte[] credential;
    private final SandboxPace pace;
    private final SandboxFaults faults;
    private final Wording wording;
    private final Map<String, Integer> attempts = new HashMap<>();

    /** Speaks our own protocol. */
    Desk(Vertx vertx, String apiKey, SandboxSettings settings) {
        this(
                vertx,
                ("Bearer " + apiKey).getBytes(StandardCharsets.UTF_8),
                settings.pace(),
                settings.faults(),
                Wording.OUR_OWN);
    }

    private Desk(Vertx vertx, byte[] credential, SandboxPace pace, SandboxFaults faults, Wording wording) {
        this.vertx = vertx;
        this.credential = credential;
        this.pace = pace;
        this.faults = faults;
        this.wording = wording;
    }

    /** A desk with the same manners that speaks otherwise. */
    Desk speaking(Wording other) {
        return new Desk(vertx, credential, pace, faults, other);
    }

    /** One thing asked for under an idempotency key. */
    record Asked(String key, Fields body, RoutingContext http) {
        String path(String parameter) {
            return Desk.path(http, parameter);
        }
    }

    /** How an answer is given. */
    enum Manner {
        AT_ONCE,
        SLOWLY,
        NEVER
    }

    /** @param body ignored when it is never given */
    record Answer(int status, JsonObject body, Manner manner) {
        static final Answer SILENCE = new Answer(0, new JsonObject(), Manner.NEVER);

        static Answer created(JsonObject body, Manner manner) {
            return new Answer(201, body, manner);
        }

        static Answer ok(JsonObject body) {
            return new Answer(200, body, Manner.AT_ONCE);
        }
    }

    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        router.route()
                .failureHandler(failed ->
                        problem(failed, failed.statusCode() < 400 ? 500 : failed.statusCode(), "not_possible"));
        return router;
    }

    /** Serves a POST with an effect. */
    void act(Router router, String path, Function<Asked, Future<Answer>> service) {
        router.route(HttpMethod.POST, path)
                .handler(http -> serve(http, () -> {
                    authenticate(http);
                    Asked asked = new Asked(key(http), new Fields(wording.body(http)), http);
                    if (strikesFirst(Fault.ERROR, asked.key)) {
                        throw new RequestRefused(500, "internal_error");
                    }
                    if (strikesFirst(Fault.TIMEOUT, asked.key)) {
                        return Future.succeededFuture(Answer.SILENCE);
                    }
                    boolean lost = strikesFirst(Fault.LOST_ANSWER, asked.key);
                    Future<Answer> answer = service.apply(asked);
                    return lost ? answer.map(Answer.SILENCE) : answer;
                }));
    }

    /** Serves a GET that only looks. */
    void look(Router router, String path, Function<RoutingContext, Future<Answer>> service) {
        router.route(HttpMethod.GET, path)
                .handler(http -> serve(http, () -> {
                    authenticate(http);
                    String key = wording.askedAbout(http);
                    if (key != null && strikesFirst(Fault.ERROR, "look-up " + key)) {
                        throw new RequestRefused(500, "internal_error");
                    }
                    return service.apply(http);
                }));
    }

    /** Whether this attempt with that key is one of those that get no answer; counts it. */
    boolean isSilent(String key) {
        return attempts.merge("silent " + key, 1, Integer::sum) <= pace.silentAttempts();
    }

    /** Whether the fault strikes what that key asks, and this is the first time that it is asked. */
    private boolean strikesFirst(Fault fault, String key) {
        return faults.strikes(fault, key) && attempts.merge(fault.word() + " " + key, 1, Integer::sum) == 1;
    }

    /** Something that answers, or throws a {@link RequestRefused}. */
    @FunctionalInterface
    interface Service {
        Future<Answer> serve();
    }

    void serve(RoutingContext http, Service service) {
        Future<Answer> answer;
        try {
            answer = service.serve();
        } catch (RequestRefused refused) {
            problem(http, refused.status(), refused.code());
            return;
        }
        answer.onSuccess(given -> give(http, given)).onFailure(failed -> {
            LOG.error("sandbox request failed path={}", http.normalizedPath(), failed);
            problem(http, 503, "book_closed");
        });
    }

    static String path(RoutingContext http, String parameter) {
        String value = http.pathParam(parameter);
        return value == null ? "" : value;
    }

    private void authenticate(RoutingContext http) {
        String shown = http.request().getHeader("authorization");
        if (shown == null || !MessageDigest.isEqual(credential, shown.getBytes(StandardCharsets.UTF_8))) {
            throw new RequestRefused(401, "not_authenticated");
        }
    }

    private static String key(RoutingContext http) {
        String key = http.request().getHeader("idempotency-key");
        if (key == null || key.isEmpty() || key.length() > 255 || !key.chars().allMatch(c -> c > 32 && c < 127)) {
            throw new RequestRefused(400, "idempotency_key_missing");
        }
        return key;
    }

    private void give(RoutingContext http, Answer answer) {
        switch (answer.manner) {
            case AT_ONCE -> {
                if (pace.answerAfter().isZero()) {
                    write(http, answer);
                } else {
                    vertx.setTimer(SandboxSettings.millis(pace.answerAfter()), due -> write(http, answer));
                }
            }
            case SLOWLY -> vertx.setTimer(SandboxSettings.millis(pace.slowAnswerAfter()), due -> write(http, answer));
            case NEVER ->
                vertx.setTimer(
                        SandboxSettings.millis(pace.hang()),
                        due -> http.request()
                                .connection()
                                .close()
                                .onFailure(gone -> LOG.debug("silent connection was closed already")));
        }
    }

    private static void write(RoutingContext http, Answer answer) {
        send(http, answer.status, "application/json", answer.body);
    }

    private void problem(RoutingContext http, int status, String code) {
        send(http, status, wording.refusalType(), wording.refusal(status, code));
    }

    private static void send(RoutingContext http, int status, String type, JsonObject body) {
        if (http.response().ended() || http.response().closed()) {
            return; // the asker has gone; what was done stays done
        }
        http.response()
                .setStatusCode(status)
                .putHeader("content-type", type)
                .end(body.toBuffer())
                .onFailure(gone -> LOG.debug("sandbox answer not delivered"));
    }
}
