package io.sluice.app.sandbox;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** How requests and refusals are spelled. */
interface Wording {

    /** JSON and problem details. */
    Wording OUR_OWN = new Wording() {
        @Override
        public JsonObject body(RoutingContext http) {
            Buffer body = http.body().buffer();
            if (body == null || body.length() == 0) {
                return new JsonObject();
            }
            try {
                return new JsonObject(body);
            } catch (DecodeException | ClassCastException notAnObject) {
                throw new RequestRefused(400, "not_json");
            }
        }

        @Override
        public @Nullable String askedAbout(RoutingContext http) {
            return http.request().getParam("idempotency_key");
        }

        @Override
        public String refusalType() {
            return "application/problem+json";
        }

        @Override
        public JsonObject refusal(int status, String code) {
            return new JsonObject()
                    .put("type", "about:blank")
                    .put("status", status)
                    .put("code", code);
        }
    };

    /** What a POST says; throws a {@link RequestRefused} if it cannot be read. */
    JsonObject body(RoutingContext http);

    /** What a GET asks about, on which faults throw their dice; null if it asks about nothing in particular. */
    @Nullable String askedAbout(RoutingContext http);

    String refusalType();

    JsonObject refusal(int status, String code);
}
