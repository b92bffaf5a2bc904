package io.sluice.app.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Supplier;

/** What makes a partner a provider or a carrier; everything else they share. Called on the partner's own event loop. */
interface Trade {

    /** The shop's path for this partner's callbacks. */
    String callbackPath();

    /** Takes a line of the book into account: at the start, before anything else is called, on a worker thread. */
    void recall(JsonObject line);

    /** Opens for business. Nothing arrives before {@link #resume}. */
    Router open(Premises premises);

    /** What a line of the book says to the shop, in this order; empty if the shop is not told of it. */
    List<Callback> callbacks(JsonObject line);

    /** Goes on with what was open when the partner last stopped. */
    void resume();

    /** @param base where this partner is reached, such as {@code http://127.0.0.1:4711} */
    record Premises(Vertx vertx, Chronicle chronicle, Desk desk, Supplier<String> base) {}
}
