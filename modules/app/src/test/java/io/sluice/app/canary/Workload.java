package io.sluice.app.canary;

import static java.util.Objects.requireNonNull;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people, staff and partners do with a shop in a day, as far as it is right; what is wrong is in {@link Misuse}. */
final class Workload {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** Each method of the sandbox provider that means something, and where an order paid by it comes to rest. */
    private static final Map<String, String> ENDS = ends();

    private final Rig rig;
    private final Visitor visitor;
    private final Canaries canaries;
    private final Bodies bodies;
    private final Map<String, String> orders = new LinkedHashMap<>();

    Workload(Rig rig, Visitor visitor, Canaries canaries) {
        this.rig = rig;
        this.visitor = visitor;
        this.canaries = canaries;
        this.bodies = new Bodies(canaries);
    }

    private static Map<String, String> ends() {
        Map<String, String> ends = new LinkedHashMap<>();
        ends.put("pm_card_visa", "CLOSED");
        ends.put("pm_card_declined", "REJECTED");
        ends.put("pm_card_3ds", "CLOSED");
        ends.put("pm_card_timeout_before", "CLOSED");
        ends.put("pm_card_timeout_after", "CLOSED");
        ends.put("pm_card_slow", "CLOSED");
        ends.put("pm_card_capture_fails", "");
        ends.put("pm_card_refund_fails", "CLOSED");
        return ends;
    }

    void run() throws Exception {
        visitor.send(
                        "POST",
                        "/v1/subscriptions",
                        new JsonObject()
                                .put("url", rig.merchant().uri() + "/orders")
                                .encode(),
                        "Authorization",
                        rigToken("merchant"))
                .expect(201);
        String token = becomeCustomer();
        placeOrders(token);
        payBack(rigToken("support"));
        decideAndLook(token);
        new CallingBack(rig, visitor, canaries).run(requireNonNull(orders.get("pm_card_visa")));
        new Misuse(visitor, canaries, bodies)
                .run(token, rigToken("support"), requireNonNull(orders.get("pm_card_visa")));
        signOut(token);
    }

    private String becomeCustomer() throws Exception {
        String version = visitor.call("GET", "/v1/policy").expect(200).json().getString("version");
        String registration = bodies.registration(version).encode();
        visitor.send("POST", "/v1/accounts", registration).expect(201);
        visitor.send("POST", "/v1/accounts", registration).expect(201);
        visitor.send(
                        "POST",
                        "/v1/sessions",
                        bodies.credentials(canaries.stray("password.wrong")).encode())
                .expect(401);
        JsonObject session = visitor.send(
                        "POST",
                        "/v1/sessions",
                        bodies.credentials(canaries.stray(Bodies.PASSWORD)).encode())
                .expect(201)
                .json();
        String refresh = new JsonObject()
                .put("refresh_token", session.getString("refresh_token"))
                .encode();
        visitor.send("POST", "/v1/sessions/refresh", refresh).expect(201);
        return "Bearer " + session.getString("access_token");
    }

    private void placeOrders(String token) throws Exception {
        for (String method : ENDS.keySet()) {
            orders.put(method, place(token, method, bodies.order(method)));
        }
        orders.put("gift", place(token, "gift", bodies.gift("pm_card_visa")));
        orders.put("unknown", place(token, "unknown", bodies.order(bodies.unknownMethod())));
        JsonObject refusedByCarrier = bodies.order("pm_card_visa");
        refusedByCarrier.getJsonObject("delivery").put("line2", "CARRIER REFUSES");
        orders.put("refused", place(token, "refused", refusedByCarrier));
        orders.put("cancelled", place(token, "cancelled", bodies.order("pm_card_3ds")));
        answerTheBank(token, requireNonNull(orders.get("pm_card_3ds")));
        visitor.call("POST", "/v1/orders/" + orders.get("cancelled") + "/cancel", "Authorization", token)
                .expect(200);
        for (Map.Entry<String, String> end : ENDS.entrySet()) {
            await(token, requireNonNull(orders.get(end.getKey())), "state", end.getValue());
        }
        await(token, requireNonNull(orders.get("gift")), "state", "CLOSED");
        await(token, requireNonNull(orders.get("unknown")), "state", "REJECTED");
        await(token, requireNonNull(orders.get("cancelled")), "state", "CANCELLED");
    }

    private String place(String token, String key, JsonObject body) throws Exception {
        String[] headers = {"Authorization", token, "Idempotency-Key", "order-" + key, "Prefer", "wait=1"};
        String id = visitor.send("POST", "/v1/orders", body.encode(), headers)
                .expect(201)
                .json()
                .getString("id");
        // the same again, and the same key for something else
        visitor.send("POST", "/v1/orders", body.encode(), headers).expect(201);
        visitor.send("POST", "/v1/orders", body.copy().put("currency", "USD").encode(), headers)
                .expect(422);
        return id;
    }

    private void answerTheBank(String token, String order) throws Exception {
        await(token, order, "payment_status", "requires_action");
        String page = visitor.call("GET", "/v1/orders/" + order, "Authorization", token)
                .expect(200)
                .json()
                .getJsonObject("next_action")
                .getString("url");
        try (HttpClient bank = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = bank.send(
                    HttpRequest.newBuilder(URI.create(page))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"outcome\":\"success\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            new Visitor.Answer(answer.statusCode(), answer.body()).expect(200, 201, 303);
        }
    }

    /** Staff look at orders and whom they concern, and pay money back, also where it cannot be paid. */
    private void payBack(String support) throws Exception {
        for (Map.Entry<String, String> order : orders.entrySet()) {
            boolean isShown = visitor.call(
                                    "GET",
                                    "/v1/staff/orders/" + order.getValue(),
                                    staff(support, "customer_assistance", "case-7"))
                            .expect(200)
                            .json()
                            .getJsonObject("persons")
                    != null;
            // the buyer lets staff see them; whom the gift is for was never asked
            if (isShown == order.getKey().equals("gift")) {
                throw new IllegalStateException("persons of " + order.getKey() + " shown: " + isShown);
            }
        }
        for (String method : List.of("pm_card_visa", "pm_card_refund_fails", "pm_card_declined")) {
            for (int times = 0; times < 2; times++) {
                visitor.send(
                                "POST",
                                "/v1/staff/orders/" + orders.get(method) + "/refunds",
                                "{\"reason\":\"damaged\"}",
                                with(staff(support, "refund_management", "case-7"), "Idempotency-Key", "r-" + method))
                        .expect(201, 409, 422);
            }
        }
    }

    static String[] staff(String token, String purpose, String reference) {
        return new String[] {"Authorization", token, "Purpose", purpose, "Case", reference};
    }

    static String[] with(String[] headers, String... more) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private void decideAndLook(String token) throws Exception {
        visitor.call("GET", "/v1/me/consents", "Authorization", token).expect(200);
        for (String granted : List.of("false", "true")) {
            visitor.send(
                            "PUT",
                            "/v1/me/consents/customer_assistance",
                            "{\"granted\":" + granted + "}",
                            "Authorization",
                            token)
                    .expect(200);
        }
        visitor.call("GET", "/v1/orders?limit=5", "Authorization", token).expect(200);
        for (String order : orders.values()) {
            String path = "/v1/orders/" + order;
            visitor.call("GET", path + "/events", "Authorization", token).expect(200);
            visitor.call("HEAD", path, "Authorization", token).expect(200);
            visitor.call("OPTIONS", path, "Authorization", token).expect(405);
        }
        String stream = "/v1/orders/" + orders.get("pm_card_visa") + "/events";
        if (visitor.events(3, stream, "Authorization", token).size() < 3) {
            throw new IllegalStateException("the stream of events has ended");
        }
        visitor.call("GET", "/v1/products").expect(200);
    }

    private void signOut(String token) throws Exception {
        visitor.call("DELETE", "/v1/sessions", "Authorization", token).expect(204);
        visitor.call("GET", "/v1/orders", "Authorization", token).expect(401);
    }

    private String rigToken(String role) throws Exception {
        return "Bearer "
                + visitor.send("POST", "/v1/sessions", rig.account(role).encode())
                        .expect(201)
                        .json()
                        .getString("access_token");
    }

    private void await(String token, String order, String what, String value) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        String last = "";
        while (System.nanoTime() < giveUp) {
            JsonObject seen = visitor.call("GET", "/v1/orders/" + order, "Authorization", token)
                    .expect(200)
                    .json();
            last = seen.encode();
            if (value.isEmpty() || value.equals(seen.getString(what))) {
                return;
            }
            rig.pause(LOOK_EVERY);
        }
        throw new IllegalStateException("not " + what + " " + value + " in time: " + last);
    }
}
