package io.sluice.app.canary;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Whatever people say where, and as, it should not be said. Nothing of it may stay anywhere. */
final class Misuse {

    /** Longer than any body, name or header line may be. */
    private static final int TOO_LONG = 70_000;

    private final Visitor visitor;
    private final Canaries canaries;
    private final Bodies bodies;

    Misuse(Visitor visitor, Canaries canaries, Bodies bodies) {
        this.visitor = visitor;
        this.canaries = canaries;
        this.bodies = bodies;
    }

    void run(String token, String support, String order) throws Exception {
        bodiesOf(token);
        cards(token, support, order);
        refunds(support, order);
        pathsAndQueries(token, order);
        headers(token, order);
        linesThatAreNoHttp();
    }

    /** What the name of a member is said back for: that the request may be mended (clause A1). */
    static boolean isNameOfMember(Canary canary) {
        return canary.name().startsWith("~name of ");
    }

    private void bodiesOf(String token) throws Exception {
        for (String path : new String[] {"/v1/orders", "/v1/accounts", "/v1/sessions", "/v1/sessions/refresh"}) {
            JsonObject good = path.equals("/v1/orders") ? bodies.order("pm_card_visa") : bodies.registration("1");
            refused(
                    token,
                    path,
                    good.copy().put("note", canaries.stray("unknown member")).encode());
            refused(
                    token,
                    path,
                    good.copy().put(canaries.stray("name of unknown member"), 1).encode());
            String longName = canaries.stray("long name of a member").repeat(20);
            refused(
                    token,
                    path,
                    good.copy().put(longName, new JsonArray().add(1)).encode());
            String deep = canaries.stray("deep in an unknown member");
            refused(
                    token,
                    path,
                    good.copy()
                            .put("more", new JsonObject().put(deep, new JsonArray().add(deep)))
                            .encode());
            refused(token, path, "{\"name\":\"" + canaries.stray("malformed"));
            refused(token, path, "[\"" + canaries.stray("no object") + "\"]");
            refused(token, path, canaries.stray("no JSON"));
            refused(
                    token,
                    path,
                    good.copy()
                            .put("note", canaries.stray("over-long body") + " ".repeat(TOO_LONG))
                            .encode());
            visitor.call("PATCH", path + "?" + canaries.stray("query of a wrong method"), "Authorization", token);
        }
        JsonObject order = bodies.order("pm_card_visa");
        order.getJsonObject("delivery").put("name", new JsonObject().put("first", canaries.stray("wrong type")));
        order.getJsonObject("delivery")
                .put("city", canaries.stray("over-long value").repeat(100));
        order.getJsonObject("delivery").put("country", canaries.stray("no country"));
        order.getJsonObject("delivery").put("phone", canaries.stray("no phone"));
        order.put(
                "lines",
                new JsonArray()
                        .add(new JsonObject().put("sku", "SL-0001").put("quantity", canaries.stray("no number"))));
        order.put("contact", new JsonObject().put("email", canaries.stray("no e-mail address")));
        refused(token, "/v1/orders", order.encode());
        JsonObject unknownProduct = bodies.gift("pm_card_visa");
        unknownProduct.put(
                "lines",
                new JsonArray()
                        .add(new JsonObject()
                                .put("sku", canaries.stray("unknown product"))
                                .put("quantity", 1)));
        refused(token, "/v1/orders", unknownProduct.encode());
        JsonObject person = bodies.registration("1");
        refused(
                token,
                "/v1/accounts",
                person.copy()
                        .put("locale", "en-" + canaries.stray("no locale") + "-")
                        .encode());
        refused(
                token,
                "/v1/accounts",
                person.copy()
                        .put("policy_version", canaries.stray("no version"))
                        .encode());
        refused(
                token,
                "/v1/accounts",
                person.copy()
                        .put("consents", new JsonObject().put(canaries.stray("name of no purpose"), true))
                        .encode());
        refused(
                token,
                "/v1/sessions",
                new JsonObject()
                        .put("email", canaries.stray("unknown account"))
                        .put("password", canaries.stray("unknown password"))
                        .encode());
        refused(
                token,
                "/v1/sessions/refresh",
                new JsonObject()
                        .put("refresh_token", canaries.stray("refresh token"))
                        .encode());
    }

    private void refused(String token, String path, String body) throws Exception {
        visitor.send("POST", path, body, "Authorization", token, "Idempotency-Key", "misuse")
                .expect(400, 401, 409, 413, 422);
    }

    private void cards(String token, String support, String order) throws Exception {
        JsonObject named = bodies.order("pm_card_visa");
        named.getJsonObject("delivery").put("name", "Ada " + canaries.card("card in a name"));
        refused(token, "/v1/orders", named.encode());
        refused(
                token,
                "/v1/orders",
                bodies.order(canaries.card("card as a method")).encode());
        refused(
                token,
                "/v1/orders",
                bodies.order("pm_card_visa")
                        .put("note", "pay by " + canaries.card("card in a note"))
                        .encode());
        refused(
                token,
                "/v1/orders",
                bodies.order("pm_card_visa")
                        .put(canaries.card("card as a member"), 1)
                        .encode());
        refused(
                token,
                "/v1/accounts",
                bodies.registration("1")
                        .put("name", canaries.card("card at registration"))
                        .encode());
        refused(
                token,
                "/v1/sessions",
                bodies.credentials(canaries.card("card as a password")).encode());
        visitor.send(
                        "POST",
                        "/v1/orders",
                        bodies.order("pm_card_visa").encode(),
                        "Authorization",
                        token,
                        "Idempotency-Key",
                        canaries.card("card as a key"))
                .expect(422);
        String path = "/v1/staff/orders/" + order;
        visitor.call("GET", path, Workload.staff(support, "customer_assistance", canaries.card("card as a case")))
                .expect(422);
        visitor.call(
                        "GET",
                        "/v1/orders/" + canaries.card("card in a path") + "?cursor=" + canaries.card("card in a query"),
                        "Authorization",
                        token)
                .expect(400, 404, 422);
    }

    private void refunds(String support, String order) throws Exception {
        String path = "/v1/staff/orders/" + order + "/refunds";
        String[] headers =
                Workload.with(Workload.staff(support, "refund_management", "case-7"), "Idempotency-Key", "misuse");
        visitor.send("POST", path, "{\"reason\":\"" + canaries.stray("refund's reason") + "\"}", headers)
                .expect(422);
        visitor.send(
                        "POST",
                        path,
                        "{\"reason\":\"late\",\"note\":\"" + canaries.stray("refund's note") + "\"}",
                        headers)
                .expect(422);
        visitor.call(
                        "GET",
                        "/v1/staff/orders/" + order,
                        Workload.staff(support, "customer_assistance", canaries.stray("case")))
                .expect(200);
        visitor.call(
                        "GET",
                        "/v1/staff/orders/" + order,
                        Workload.staff(support, "customer_assistance", "for " + canaries.stray("case in words")))
                .expect(400, 422);
        visitor.call("GET", "/v1/staff/orders/" + order, Workload.staff(support, canaries.stray("purpose"), "case-7"))
                .expect(400, 403, 422);
    }

    private void pathsAndQueries(String token, String order) throws Exception {
        String stray = canaries.stray("path");
        for (String path : new String[] {
            "/" + stray,
            "/v1/orders/" + stray,
            "/v1/orders/" + order + "/" + stray,
            "/v1/policy/versions/" + stray,
            "/problems/" + stray
        }) {
            visitor.call("GET", path + "?q=" + canaries.stray("query"), "Authorization", token)
                    .expect(400, 404);
        }
        visitor.send(
                        "PUT",
                        "/v1/me/consents/" + canaries.stray("no purpose"),
                        "{\"granted\":true}",
                        "Authorization",
                        token)
                .expect(400, 404, 422);
        visitor.call("GET", "/v1/orders?cursor=" + canaries.stray("cursor"), "Authorization", token);
        visitor.call("GET", "/v1/orders?limit=" + canaries.stray("limit"), "Authorization", token)
                .expect(400);
        visitor.call(
                "GET", "/v1/orders/" + order + "/events?cursor=" + canaries.stray("cursor"), "Authorization", token);
    }

    private void headers(String token, String order) throws Exception {
        for (String name : new String[] {
            "User-Agent",
            "Referer",
            "Cookie",
            "Forwarded",
            "X-Forwarded-For",
            "traceparent",
            "tracestate",
            "baggage",
            "If-None-Match",
            "Last-Event-ID",
            "Accept",
            "Accept-Language",
            "From"
        }) {
            visitor.call("GET", "/v1/orders/" + order, "Authorization", token, name, canaries.stray("header " + name));
        }
        visitor.call("GET", "/v1/orders/" + order, "Authorization", "Bearer " + canaries.stray("token"))
                .expect(401);
        visitor.call("GET", "/v1/orders/" + order, "Authorization", "Basic " + canaries.stray("basic"))
                .expect(401);
        visitor.call("GET", "/v1/staff/orders/" + order, Workload.staff(token, "customer_assistance", "case-7"))
                .expect(403);
        visitor.send(
                        "POST",
                        "/v1/orders",
                        bodies.order("pm_card_visa").encode(),
                        "Authorization",
                        token,
                        "Idempotency-Key",
                        canaries.stray("key"),
                        "Prefer",
                        canaries.stray("preference"))
                .expect(201);
        visitor.call(canaries.stray("method"), "/v1/orders", "Authorization", token)
                .expect(405);
    }

    private void linesThatAreNoHttp() throws Exception {
        visitor.shout("GET /" + canaries.stray("line") + " HTTP/9.9\r\nHost: x\r\n\r\n");
        visitor.shout(canaries.stray("no line") + "\r\n\r\n");
        visitor.shout("GET /v1/products HTTP/1.1\r\nHost: x\r\nX-Long: " + canaries.stray("long header")
                + "x".repeat(TOO_LONG) + "\r\n\r\n");
        visitor.shout("GET /" + canaries.stray("long path") + "x".repeat(TOO_LONG) + " HTTP/1.1\r\nHost: x\r\n\r\n");
        visitor.shout(
                "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"email\":\""
                        + canaries.stray("half a body"));
        visitor.shout("POST /v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + canaries.stray("no chunk") + "\r\n");
        visitor.shout("GET / HTTP/1.1\r\nHost: x\r\n" + canaries.stray("header name") + "\u00e9 : 1\r\n\r\n");
    }
}
