package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Acquirer.Standing;
import io.sluice.app.sandbox.Desk.Answer;
import io.sluice.app.sandbox.Operation.Status;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bank's pages of 3-D Secure, for the customer's browser: whoever has the address may answer, once. The same answer again
 * changes nothing; another one is refused.
 */
final class ChallengePages {

    private static final Logger LOG = LoggerFactory.getLogger(ChallengePages.class);

    private static final String PAGE = """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Your bank asks</title>
            <h1>Your bank asks</h1><p>Do you confirm the payment of %d (minor units) %s?</p>
            <form method="post"><button name="outcome" value="success">Yes</button>
            <button name="outcome" value="failure">No</button></form></html>
            """;

    private final Desk desk;
    private final Acquirer acquirer;
    private final Function<Operation, Future<Void>> recorder;

    /** @param recorder applies a decision and writes it down */
    ChallengePages(Desk desk, Acquirer acquirer, Function<Operation, Future<Void>> recorder) {
        this.desk = desk;
        this.acquirer = acquirer;
        this.recorder = recorder;
    }

    void serve(Router router) {
        router.route(HttpMethod.GET, "/v1/challenges/:id").handler(this::show);
        router.route(HttpMethod.POST, "/v1/challenges/:id").handler(http -> desk.serve(http, () -> answer(http)));
    }

    private void show(RoutingContext http) {
        Standing asked = acquirer.byChallenge(Desk.path(http, "id"));
        if (asked == null) {
            http.fail(404);
            return;
        }
        Operation now = asked.now();
        http.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader("content-security-policy", "default-src 'none'; form-action 'self'")
                .end(PAGE.formatted(now.amount(), now.currency()))
                .onFailure(gone -> LOG.debug("bank's page not delivered"));
    }

    private Future<Answer> answer(RoutingContext http) {
        Standing asked = acquirer.byChallenge(Desk.path(http, "id"));
        if (asked == null) {
            throw new RequestRefused(404, "challenge_unknown");
        }
        String outcome = outcome(http);
        boolean success = "success".equals(outcome);
        if (!success && !"failure".equals(outcome)) {
            throw new RequestRefused(422, "outcome_invalid");
        }
        Status wanted = success ? Status.SUCCEEDED : Status.DECLINED;
        Operation now = asked.now();
        if (now.status() == Status.REQUIRES_ACTION) {
            Operation ended = acquirer.answerChallenge(asked, success);
            return recorder.apply(ended).map(noted -> told(ended));
        }
        if (now.status() != wanted || "voided".equals(now.declineCode())) {
            throw new RequestRefused(409, "challenge_ended");
        }
        return Future.succeededFuture(told(now));
    }

    private static Answer told(Operation operation) {
        return Answer.ok(new JsonObject()
                .put("id", operation.challenge())
                .put("status", operation.status().word()));
    }

    private static @Nullable String outcome(RoutingContext http) {
        String fromForm = http.request().getFormAttribute("outcome");
        if (fromForm != null) {
            return fromForm;
        }
        Buffer body = http.body().buffer();
        try {
            return body == null ? null : new Fields(new JsonObject(body)).textOrNull("outcome", 16);
        } catch (DecodeException | ClassCastException notAnObject) {
            throw new RequestRefused(400, "not_json");
        }
    }
}
