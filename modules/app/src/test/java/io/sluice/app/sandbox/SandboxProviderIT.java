package io.sluice.app.sandbox;

import static io.sluice.app.sandbox.World.amount;
import static io.sluice.app.sandbox.World.authorisation;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.sandbox.World.Heard;
import io.sluice.app.sandbox.World.Said;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxProviderIT {

    @TempDir
    Path directory;

    private World world;

    @BeforeEach
    void start() {
        world = new World(directory);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private JsonObject authorise(String key, String method) {
        Said answer = world.provider("/v1/authorisations", key, authorisation(method));
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.json();
    }

    private JsonObject capture(String key, JsonObject authorisation, JsonObject body) {
        return world.provider("/v1/authorisations/" + authorisation.getString("id") + "/captures", key, body)
                .json();
    }

    private JsonObject release(String key, JsonObject authorisation, JsonObject body) {
        return world.provider("/v1/authorisations/" + authorisation.getString("id") + "/voids", key, body)
                .json();
    }

    private JsonObject refund(String key, JsonObject capture, long amount) {
        return world.provider("/v1/captures/" + capture.getString("id") + "/refunds", key, amount(amount))
                .json();
    }

    private static String status(JsonObject operation) {
        return operation.getString("status");
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_visa, succeeded",
        "pm_card_mastercard, succeeded",
        "pm_card_slow, succeeded",
        "pm_card_capture_fails, succeeded",
        "pm_card_refund_fails, succeeded",
        "pm_card_3ds, requires_action",
        "pm_card_declined, declined",
        "pm_card_nobody_knows, declined"
    })
    void eachMethodIsAnsweredAsThePackageSays(String method, String status) {
        JsonObject answer = authorise("k1", method);

        assertThat(status(answer)).isEqualTo(status);
        assertThat(answer.getString("kind")).isEqualTo("authorisation");
        assertThat(answer.getLong("amount")).isEqualTo(1999);
        assertThat(answer.getString("currency")).isEqualTo("EUR");
        assertThat(answer.getString("reference")).isEqualTo("order-1");
        assertThat(answer.getString("idempotency_key")).isEqualTo("k1");
        assertThat(world.lines("provider.ndjson")).hasSize(1);
    }

    @Test
    void theSameKeyGetsTheFirstAnswerWordForWordWhateverElseItSays() {
        Said first = world.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"));
        Said again = world.provider("/v1/authorisations", "k1", authorisation("pm_card_declined"));

        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised");
    }

    @Test
    void anotherKeyIsAnotherOperation() {
        assertThat(authorise("k1", "pm_card_visa").getString("id"))
                .isNotEqualTo(authorise("k2", "pm_card_visa").getString("id"));
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised", "authorised");
    }

    @Test
    void aTimeoutBeforeLeavesNothingBehindAndTheSameKeySucceedsLater() {
        assertThat(silence("k1", "pm_card_timeout_before")).isInstanceOf(TimeoutException.class);
        assertThat(world.operation("k1").statusCode()).isEqualTo(404);

        assertThat(status(authorise("k1", "pm_card_timeout_before"))).isEqualTo("succeeded");
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised");
    }

    @Test
    void aTimeoutAfterIsDoneAndTheLookupTells() {
        assertThat(silence("k1", "pm_card_timeout_after")).isInstanceOf(TimeoutException.class);

        assertThat(status(world.operation("k1").json())).isEqualTo("succeeded");
        assertThat(status(authorise("k1", "pm_card_timeout_after"))).isEqualTo("succeeded");
        assertThat(world.effects("provider.ndjson")).containsExactly("authorised");
    }

    private Throwable silence(String key, String method) {
        return World.failure(world.post(
                world.partners().provider(), "/v1/authorisations", "provider-key", key, authorisation(method)));
    }

    @Test
    void aSlowMethodIsDoneAtOnceAndAnsweredLate() {
        long before = System.nanoTime();
        var answer = world.post(
                world.partners().provider(), "/v1/authorisations", "provider-key", "k1", authorisation("pm_card_slow"));
        assertThat(world.next().type()).isEqualTo("authorisation.succeeded");

        assertThat(status(World.await(answer).json())).isEqualTo("succeeded");
        assertThat(System.nanoTime() - before)
                .isGreaterThan(World.QUICK.slowAnswerAfter().toNanos());
    }

    @Test
    void capturesNeverExceedWhatWasAuthorised() {
        JsonObject authorisation = authorise("k1", "pm_card_visa");

        assertThat(status(capture("k2", authorisation, amount(1000)))).isEqualTo("succeeded");
        JsonObject tooMuch = capture("k3", authorisation, amount(1000));
        assertThat(status(tooMuch)).isEqualTo("failed");
        assertThat(tooMuch.getString("decline_code")).isEqualTo("amount_too_large");
        assertThat(status(capture("k4", authorisation, amount(999)))).isEqualTo("succeeded");
    }

    @Test
    void aFinalCaptureReleasesTheRest() {
        JsonObject authorisation = authorise("k1", "pm_card_visa");

        assertThat(status(capture("k2", authorisation, amount(500).put("final", true))))
                .isEqualTo("succeeded");
        assertThat(capture("k3", authorisation, amount(1)).getString("decline_code"))
                .isEqualTo("nothing_left");
        assertThat(release("k4", authorisation, new JsonObject()).getString("decline_code"))
                .isEqualTo("nothing_left");
    }

    @Test
    void aVoidReleasesWhatIsLeftAndThenNothingCanBeCaptured() {
        JsonObject authorisation = authorise("k1", "pm_card_visa");
        assertThat(status(capture("k2", authorisation, amount(500)))).isEqualTo("succeeded");

        JsonObject released = release("k3", authorisation, new JsonObject());

        assertThat(status(released)).isEqualTo("succeeded");
        assertThat(released.getLong("amount")).isEqualTo(1499);
        assertThat(status(capture("k4", authorisation, amount(1)))).isEqualTo("failed");
    }

    @Test
    void refundsNeverExceedWhatWasCaptured() {
        JsonObject capture = capture("k2", authorise("k1", "pm_card_visa"), amount(1999));

        assertThat(status(refund("k3", capture, 1500))).isEqualTo("succeeded");
        assertThat(refund("k4", capture, 500).getString("decline_code")).isEqualTo("amount_too_large");
        assertThat(status(refund("k5", capture, 499))).isEqualTo("succeeded");
        assertThat(refund("k6", capture, 1).getString("decline_code")).isEqualTo("nothing_left");
    }

    @Test
    void theMagicOfTheMethodReachesItsCapturesAndRefunds() {
        assertThat(status(capture("k2", authorise("k1", "pm_card_capture_fails"), amount(1999))))
                .isEqualTo("failed");

        JsonObject capture = capture("k4", authorise("k3", "pm_card_refund_fails"), amount(1999));
        assertThat(status(capture)).isEqualTo("succeeded");
        assertThat(status(refund("k5", capture, 1999))).isEqualTo("failed");
        assertThat(world.effects("provider.ndjson"))
                .containsExactly("authorised", "capture_failed", "authorised", "captured", "refund_failed");
    }

    @Test
    void whatNobodyTakesLapsesAndIsCalledBackAndCannotBeTakenAnyMore() {
        try (World hasty = new World(directory.resolve("hasty"), plain -> plain.with(World.LAPSING))) {
            JsonObject authorised = hasty.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                    .json();
            assertThat(hasty.next().type()).isEqualTo("authorisation.succeeded");
            assertThat(hasty.next().type()).isEqualTo("authorisation.expired");
            assertThat(status(hasty.operation("k1").json())).isEqualTo("expired");
            JsonObject late = hasty.provider(
                            "/v1/authorisations/" + authorised.getString("id") + "/captures", "k2", amount(1999))
                    .json();
            assertThat(status(late)).isEqualTo("failed");
            assertThat(late.getString("decline_code")).isEqualTo("authorisation_expired");
        }
    }

    @Test
    void whatIsTakenWhollyDoesNotLapse() {
        try (World hasty = new World(directory.resolve("hasty"), plain -> plain.with(World.LAPSING))) {
            JsonObject authorised = hasty.provider("/v1/authorisations", "k1", authorisation("pm_card_visa"))
                    .json();
            hasty.provider("/v1/authorisations/" + authorised.getString("id") + "/captures", "k2", amount(1999));
            hasty.provider("/v1/authorisations", "k3", authorisation("pm_card_visa"));
            assertThat(hasty.next().type()).isEqualTo("authorisation.succeeded");
            hasty.next("authorisation.expired");
            assertThat(status(hasty.operation("k1").json())).as("used").isEqualTo("succeeded");
            assertThat(status(hasty.operation("k3").json())).isEqualTo("expired");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "pm_card_capture_fails_late, capture.reversed, reversed",
        "pm_card_disputed, chargeback.opened, opened",
        "pm_card_dispute_won, chargeback.won, won",
        "pm_card_dispute_lost, chargeback.lost, lost"
    })
    void whatComesAfterACaptureByItselfIsCalledBack(String method, String type, String status) {
        assertThat(status(capture("k2", authorise("k1", method), amount(1999)))).isEqualTo("succeeded");
        JsonObject data = world.next(type).json().getJsonObject("data");
        assertThat(data.getString("idempotency_key")).isEqualTo("k2");
        assertThat(status(data)).isEqualTo(status);
        assertThat(data.getLong("amount")).isEqualTo(1999);
    }

    @Test
    void aRefundThatFailsLateCanBeGivenOnceMore() {
        JsonObject capture = capture("k2", authorise("k1", "pm_card_refund_fails_late"), amount(1999));
        assertThat(status(refund("k3", capture, 1999))).isEqualTo("succeeded");
        world.next("refund.reversed");
        assertThat(status(refund("k4", capture, 1999))).isEqualTo("succeeded");
    }

    @Test
    void whatABankHasTakenBackIsNotThereToBeRefunded() {
        JsonObject capture = capture("k2", authorise("k1", "pm_card_disputed"), amount(1999));
        world.next("chargeback.opened");
        assertThat(refund("k3", capture, 1).getString("decline_code")).isEqualTo("nothing_left");
    }

    @Test
    void theSecondAuthorisationOfOneReferenceIsDeclinedWhereTheMethodHasItSo() {
        assertThat(status(authorise("k1", "pm_card_declined_again"))).isEqualTo("succeeded");
        assertThat(status(authorise("k2", "pm_card_declined_again"))).isEqualTo("declined");
        assertThat(status(authorise("k1", "pm_card_declined_again")))
                .as("the same request")
                .isEqualTo("succeeded");
    }

    @ParameterizedTest
    @CsvSource({"success, succeeded", "failure, declined"})
    void theCustomersAnswerEndsAChallengeAndIsCalledBack(String outcome, String status) {
        JsonObject challenged = authorise("k1", "pm_card_3ds");
        assertThat(world.next().type()).isEqualTo("authorisation.requires_action");
        String url = challenged.getJsonObject("next_action").getString("url");

        assertThat(world.browse(url, null).body()).contains("<form method=\"post\">");
        JsonObject answer = new JsonObject().put("outcome", outcome);
        assertThat(world.browse(url, answer).json().getString("status")).isEqualTo(status);
        assertThat(world.browse(url, answer).statusCode()).isEqualTo(200);

        Heard heard = world.next();
        assertThat(heard.type()).isEqualTo("authorisation." + status);
        assertThat(heard.json().getJsonObject("data").getString("idempotency_key"))
                .isEqualTo("k1");
        assertThat(status(world.operation("k1").json())).isEqualTo(status);
    }

    @Test
    void aChallengeIsAnsweredOnlyOnceAndOnlyWhileOpen() {
        JsonObject first = authorise("k1", "pm_card_3ds");
        String url = first.getJsonObject("next_action").getString("url");
        JsonObject success = new JsonObject().put("outcome", "success");

        assertThat(world.browse(url, new JsonObject().put("outcome", "perhaps")).statusCode())
                .isEqualTo(422);
        assertThat(world.browse(url, success).statusCode()).isEqualTo(200);
        assertThat(world.browse(url, new JsonObject().put("outcome", "failure")).statusCode())
                .isEqualTo(409);

        JsonObject second = authorise("k2", "pm_card_3ds");
        assertThat(status(release("k3", second, new JsonObject()))).isEqualTo("succeeded");
        assertThat(world.browse(second.getJsonObject("next_action").getString("url"), success)
                        .statusCode())
                .isEqualTo(409);
        assertThat(status(world.operation("k2").json())).isEqualTo("declined");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":0}",
                "{\"amount\":-5}",
                "{\"amount\":1.5}",
                "{\"amount\":\"1999\"}",
                "{\"amount\":100000000000}",
                "{\"amount\":null}",
                "{\"currency\":\"EURO\"}",
                "{\"currency\":\"QQQ\"}",
                "{\"reference\":\"\"}",
                "{\"method\":7}"
            })
    void whatIsNotAsTheProtocolSaysIsRefusedAndDoesNotUseTheKeyUp(String bad) {
        Said refused = world.provider(
                "/v1/authorisations", "k1", authorisation("pm_card_visa").mergeIn(new JsonObject(bad)));

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.contentType()).isEqualTo("application/problem+json");
        assertThat(world.lines("provider.ndjson")).isEmpty();
        assertThat(status(authorise("k1", "pm_card_visa"))).isEqualTo("succeeded");
    }

    @Test
    void whoShowsNoKeyIsRefused() {
        JsonObject body = authorisation("pm_card_visa");
        var wrong = world.post(world.partners().provider(), "/v1/authorisations", "other-key", "k1", body);

        assertThat(World.await(wrong).statusCode()).isEqualTo(401);
        assertThat(world.provider("/v1/authorisations", null, body).statusCode())
                .isEqualTo(400);
        assertThat(world.provider("/v1/captures/none/refunds", "k1", amount(1)).statusCode())
                .isEqualTo(404);
        assertThat(world.lines("provider.ndjson")).isEmpty();
    }
}
