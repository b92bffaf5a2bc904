package io.sluice.gateway.order;

import io.sluice.commerce.api.Checkout;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.pricing.Destination;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Routes;
import io.sluice.gateway.json.JsonBody;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * {@code POST /v1/quotes}: what an order would cost, before anybody orders anything. For everybody: nothing is asked about the asker, and
 * nothing is kept. Nothing is promised either: prices, shipping and tax are those of now.
 */
public final class QuoteRoute implements Routes {

    private final Bus bus;
    private final int maxDepth;

    public QuoteRoute(Bus bus, int maxDepth) {
        this.bus = bus;
        this.maxDepth = maxDepth;
    }

    @Override
    public void mount(Router router) {
        router.post("/v1/quotes").handler(http -> Answers.guarded(http, () -> quote(http)));
    }

    private void quote(RoutingContext http) {
        QuoteBody wanted = JsonBody.read(http, QuoteBody.SHAPE, maxDepth);
        Answers.answer(
                http,
                bus.ask(Checkout.QUOTE, wish(wanted.currency(), wanted.lines(), wanted.to())),
                quote -> Answers.json(http, 200, json -> OrderJson.quote(json, quote)));
    }

    static Parcel wish(String currency, List<LineWanted> lines, Destination to) {
        return Parcel.plain()
                .with(CommerceFields.CURRENCY, currency)
                .with(CommerceFields.LINES, lines)
                .with(CommerceFields.DESTINATION, to.code());
    }
}
