package io.sluice.app.canary;

import com.standardwebhooks.Webhook;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Partners' callbacks that say more than they should, say it twice, or are not the partners'. */
final class CallingBack {

    private static final String DOOR = "/v1/webhooks/payments/sandbox";

    private final Rig rig;
    private final Visitor visitor;
    private final Canaries canaries;
    private int events;

    CallingBack(Rig rig, Visitor visitor, Canaries canaries) {
        this.rig = rig;
        this.visitor = visitor;
        this.canaries = canaries;
    }

    void run(String order) throws Exception {
        JsonObject said = new JsonObject()
                .put("idempotency_key", operation(order))
                .put("id", "op_1")
                .put("status", "succeeded");
        String surplus = callback(
                        "authorisation.succeeded",
                        said.copy()
                                .put("customer_name", canaries.stray("webhook.surplus value"))
                                .put(canaries.stray("webhook.surplus name"), true)
                                .put("nested", new JsonObject().put("deep", canaries.stray("webhook.surplus deep"))))
                .put(canaries.stray("webhook.surplus outer name"), canaries.stray("webhook.surplus outer value"))
                .encode();
        String event = newEvent();
        signed(DOOR, event, surplus, 200);
        signed(DOOR, event, surplus, 200);
        odd(DOOR, "party." + canaries.stray("webhook.kind"), said);
        odd(DOOR, "authorisation." + canaries.stray("webhook.kind's end"), said);
        odd(DOOR, "authorisation.succeeded", said.copy().put("status", canaries.stray("webhook.status")));
        odd(
                DOOR,
                "authorisation.declined",
                said.copy()
                        .put("status", "declined")
                        .put("decline_code", "Not for " + canaries.stray("webhook.reason")));
        odd(
                "/v1/webhooks/carriers/sandbox",
                "shipment.delivered",
                said.copy().put("amount", canaries.stray("webhook.wrong type")).put("tracking_number", "1Z"));
        signed(DOOR, newEvent(), "{" + canaries.stray("webhook.malformed"), 400);
        visitor.send("POST", DOOR, canaries.stray("webhook.unsigned")).expect(400, 401);
        visitor.send(
                        "POST",
                        DOOR,
                        canaries.stray("webhook.forged"),
                        "webhook-id",
                        newEvent(),
                        "webhook-timestamp",
                        Long.toString(Instant.now().getEpochSecond()),
                        "webhook-signature",
                        "v1," + canaries.stray("webhook.signature"))
                .expect(400, 401);
        visitor.send("POST", "/v1/webhooks/payments/" + canaries.stray("webhook.partner"), surplus)
                .expect(400, 401, 404);
    }

    /** A genuine one that says what it should not; it is taken, without that, or refused. */
    private void odd(String door, String type, JsonObject data) throws Exception {
        signed(door, newEvent(), callback(type, data).encode(), 200, 400);
    }

    private static JsonObject callback(String type, JsonObject data) {
        return new JsonObject()
                .put("type", type)
                .put("timestamp", Instant.now().toString())
                .put("data", data);
    }

    private void signed(String door, String event, String body, int... statuses) throws Exception {
        long now = Instant.now().getEpochSecond();
        visitor.send(
                        "POST",
                        door,
                        body,
                        "webhook-id",
                        event,
                        "webhook-timestamp",
                        Long.toString(now),
                        "webhook-signature",
                        new Webhook(Rig.WEBHOOK_SECRET).sign(event, now, body))
                .expect(statuses);
    }

    private String newEvent() {
        return "evt_" + ++events;
    }

    /** The id under which the provider knows what this order asked of it. */
    private String operation(String order) throws Exception {
        try (Connection database = rig.database("sluice");
                PreparedStatement statement = database.prepareStatement(
                        "select operation from commerce.step where order_id = ?::uuid and lower(kind) = 'authorise'")) {
            statement.setString(1, order);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("no step for order " + order);
                }
                return rows.getString(1);
            }
        }
    }
}
