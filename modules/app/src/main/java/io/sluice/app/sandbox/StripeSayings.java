package io.sluice.app.sandbox;

import io.sluice.app.sandbox.Acquirer.Standing;
import io.sluice.app.sandbox.Desk.Answer;
import io.sluice.app.sandbox.Operation.Kind;
import io.sluice.app.sandbox.Operation.Status;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which answer and which event of Stripe's an operation comes to. */
final class StripeSayings {

    private static final String VERSION = "2026-07-29.dahlia";

    private StripeSayings() {}

    /** How a key is answered, once and for all. */
    static Answer answer(Operation operation, JsonObject object) {
        String code = String.valueOf(operation.declineCode());
        boolean isAnswered = operation.succeeded()
                || operation.status() == Status.REQUIRES_ACTION
                || (operation.kind() == Kind.REFUND && isRefund(operation));
        if (isAnswered) {
            return Answer.ok(object);
        }
        if (operation.kind() == Kind.AUTHORISATION || code.equals("capture_failed")) {
            return refused(402, StripeObjects.decline(code).put("payment_intent", object));
        }
        boolean isRefund = operation.kind() == Kind.REFUND;
        String word = switch (code) {
            case "authorisation_expired" -> "charge_expired_for_capture";
            case "nothing_left" -> isRefund ? "charge_already_refunded" : "payment_intent_unexpected_state";
            default -> code;
        };
        JsonObject error = StripeWording.error("invalid_request_error", word);
        return refused(400, isRefund ? error : error.put("payment_intent", object));
    }

    private static Answer refused(int status, JsonObject error) {
        return new Answer(status, StripeWording.body(error), Desk.Manner.AT_ONCE);
    }

    /** What Stripe would tell of it; null if nothing. */
    static @Nullable String event(Operation operation, Standing authorisation) {
        boolean isDone = operation.succeeded();
        return switch (operation.kind()) {
            case AUTHORISATION ->
                switch (operation.status()) {
                    case SUCCEEDED -> "payment_intent.amount_capturable_updated";
                    case REQUIRES_ACTION -> "payment_intent.requires_action";
                    case EXPIRED -> authorisation.taken() > 0 ? "charge.expired" : "payment_intent.canceled";
                    default -> "payment_intent.payment_failed";
                };
            case CAPTURE ->
                !isDone
                        ? null
                        : authorisation.left() > 0
                                ? "payment_intent.amount_capturable_updated"
                                : "payment_intent.succeeded";
            case VOID -> isDone ? "payment_intent.canceled" : null;
            case REFUND -> isDone ? "refund.created" : isRefund(operation) ? "refund.failed" : null;
            case CHARGEBACK -> operation.status() == Status.OPENED ? "charge.dispute.created" : "charge.dispute.closed";
        };
    }

    /** What Stripe would tell besides, of the money that a dispute moves at once; null if nothing. */
    static @Nullable String also(Operation operation) {
        return switch (operation.status()) {
            case OPENED -> "charge.dispute.funds_withdrawn";
            case WON -> "charge.dispute.funds_reinstated";
            default -> null;
        };
    }

    /** What money does not allow is refused; only what the bank would not do is a refund that failed. */
    static boolean isRefund(Operation refund) {
        return refund.succeeded() || refund.status() == Status.REVERSED || "refund_failed".equals(refund.declineCode());
    }

    /** The events that a line is told by. */
    static List<Callback> callbacks(JsonObject line) {
        List<String> types = Stream.of("type", "also")
                .map(name -> Optional.ofNullable(line.getString(name)))
                .flatMap(Optional::stream)
                .toList();
        List<String> ids = Callback.ids(line);
        return IntStream.range(0, types.size())
                .mapToObj(i -> callback(line, ids.get(i), types.get(i)))
                .toList();
    }

    private static Callback callback(JsonObject line, String id, String type) {
        String key = line.getString("idempotency_key");
        JsonObject event = new JsonObject()
                .put("id", StripeObjects.stripes("evt_", id))
                .put("object", "event")
                .put("api_version", VERSION)
                .put("created", Instant.parse(line.getString("at")).getEpochSecond())
                .put("data", new JsonObject().put("object", line.getJsonObject("object")))
                .put("livemode", false)
                .put("pending_webhooks", 1)
                .put("request", new JsonObject().put("id", null).put("idempotency_key", key))
                .put("type", type);
        return new Callback(id, type + " " + key, event.encode(), Callback.Protocol.STRIPE);
    }
}
