package io.sluice.app.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.storm.Crowd.Placed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** What staff, and customers who are told, do with orders once they have come to something. */
final class Staff {

    private final Crowd crowd;
    private final boolean isSentByItself;

    /** @param isSentByItself whether they need not send out what is confirmed */
    Staff(Crowd crowd, boolean isSentByItself) {
        this.crowd = crowd;
        this.isSentByItself = isSentByItself;
    }

    /** Looks at each order, and does something with some. */
    void look(List<JsonObject> orders, int round) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (JsonObject order : orders) {
            Placed placed = crowd.placed(order.getString("id"));
            tasks.add(() -> {
                look(order, placed, round, crowd.dice("staff " + round, placed.number()));
                return null;
            });
        }
        crowd.all(tasks);
    }

    private void look(JsonObject order, Placed placed, int round, Random dice) throws Exception {
        switch (order.getString("hold", "")) {
            // three in four are let go on, the others forgotten, but not for ever: what has gone out in part waits on
            case "MANUAL" -> {
                if (round > 1 || dice.nextInt(4) > 0) {
                    plain(placed, "release", 200);
                }
            }
            case "ADDRESS" -> {
                switch (dice.nextInt(4)) {
                    case 0, 1 -> plain(placed, "release", 200);
                    case 2 -> crowd.cancel(placed);
                    default -> {}
                }
            }
            case "CONFLICT" -> {
                if (dice.nextInt(3) == 0) {
                    crowd.cancel(placed);
                }
            }
            case "FRAUD" -> {
                if (dice.nextInt(4) == 0) {
                    plain(placed, "release", 200);
                }
            }
            default -> {}
        }
        Money money = Money.of(order);
        if (money.owed() > 0 && dice.nextInt(4) > 0) {
            plain(placed, "capture", 200, 409);
        }
        if (money.captured() > 0 && dice.nextInt(6) == 0) {
            refund(order, placed, round, dice);
        }
        if (order.getString("state").equals("CONFIRMED") && dice.nextInt(40) == 0) {
            plain(placed, "void", 200, 409);
        } else if (order.getString("state").equals("CONFIRMED") && !isSentByItself) {
            send(order, placed, round, dice);
        }
    }

    /** One piece, or all that is left. */
    private void send(JsonObject order, Placed placed, int round, Random dice) throws Exception {
        if (!Money.left(order).isEmpty()) {
            JsonObject body = dice.nextBoolean()
                    ? new JsonObject()
                    : new JsonObject()
                            .put(
                                    "lines",
                                    new JsonArray()
                                            .add(new JsonObject().put("line", 0).put("quantity", 1)));
            crowd.tell(parcel(placed, Integer.toString(round), body), 201, 409);
        }
    }

    /** Sends out all that is confirmed and not owed for; that must be possible. */
    void sendRest(List<JsonObject> orders) throws Exception {
        List<Callable<Void>> tasks = new ArrayList<>();
        for (JsonObject order : orders) {
            boolean isToBeSent = order.getString("state").equals("CONFIRMED")
                    && !Money.left(order).isEmpty()
                    && Money.of(order).owed() == 0;
            if (isToBeSent) {
                Placed placed = crowd.placed(order.getString("id"));
                tasks.add(() -> {
                    assertThat(crowd.tell(parcel(placed, "rest", new JsonObject()), 201, 409))
                            .as("may be sent: %s", order)
                            .isEqualTo(201);
                    return null;
                });
            }
        }
        crowd.all(tasks);
    }

    private HttpRequest parcel(Placed placed, String which, JsonObject body) {
        String key = "parcel-" + placed.number() + "-" + which;
        return crowd.staff(placed.id(), "dispatch", "shipment", body, "Idempotency-Key", key);
    }

    private void plain(Placed order, String what, Integer... expected) throws Exception {
        crowd.tell(crowd.staff(order.id(), what, "transaction_verification", null), expected);
    }

    /** By amount, by a piece of a line, or all that is left; more than there is is refused. */
    private void refund(JsonObject order, Placed placed, int round, Random dice) throws Exception {
        JsonObject body = new JsonObject().put("reason", "damaged");
        switch (dice.nextInt(3)) {
            case 0 ->
                body.put(
                        "amount",
                        new JsonObject()
                                .put("amount", 1 + dice.nextLong(order.getLong("total")))
                                .put("currency", "EUR"));
            case 1 ->
                body.put(
                        "lines",
                        new JsonArray().add(new JsonObject().put("line", 0).put("quantity", 1)));
            default -> {}
        }
        String key = "refund-" + placed.number() + "-" + round;
        var asked = crowd.staff(placed.id(), "refunds", "refund_management", body, "Idempotency-Key", key);
        int status = crowd.tell(asked, 201, 409);
        // what was done is the same once more; what was refused may be possible by then
        if (status == 201 && dice.nextInt(5) == 0) {
            crowd.tell(asked, status);
        }
    }
}
