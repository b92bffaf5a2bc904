package io.sluice.app.sandbox;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forms, and errors as Stripe writes them. */
final class StripeWording implements Wording {

    private static final String REUSED_KEY = "idempotency_error";

    /** Each field a text, under its name as it stands in the form. */
    @Override
    public JsonObject body(RoutingContext http) {
        MultiMap form = http.request().formAttributes();
        JsonObject body = new JsonObject();
        for (Map.Entry<String, String> field : form) {
            body.put(field.getKey(), field.getValue());
        }
        return body;
    }

    @Override
    public @Nullable String askedAbout(RoutingContext http) {
        String query = http.request().query();
        return query == null ? http.normalizedPath() : query;
    }

    @Override
    public String refusalType() {
        return "application/json";
    }

    @Override
    public JsonObject refusal(int status, String code) {
        JsonObject error = error(
                code.equals(REUSED_KEY) ? REUSED_KEY : status >= 500 ? "api_error" : "invalid_request_error", code);
        return body(error);
    }

    static JsonObject error(String type, String code) {
        return new JsonObject()
                .put("type", type)
                .put("code", code)
                .put("message", "The sandbox says: " + code)
                .put("doc_url", "https://stripe.com/docs/error-codes");
    }

    static JsonObject body(JsonObject error) {
        return new JsonObject().put("error", error);
    }
}
