package io.sluice.gateway.ledger;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.Orders;
import io.sluice.gateway.account.Principal;
import io.sluice.gateway.account.SignedIn;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.Parameters;
import io.sluice.gateway.http.Routes;
import io.sluice.guard.Bus;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.ledger.log.Receipts;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** What became of an order's data: to its own customer, with everything that proves it (clause C4). Another's is not found. */
public final class ReceiptRoutes implements Routes {

    private final SignedIn signedIn;
    private final Bus bus;
    private final Receipts receipts;

    public ReceiptRoutes(SignedIn signedIn, Bus bus, Receipts receipts) {
        this.signedIn = signedIn;
        this.bus = bus;
        this.receipts = receipts;
    }

    @Override
    public void mount(Router router) {
        router.get("/v1/orders/:id/receipt").handler(signedIn.anybody(this::receipt));
    }

    private void receipt(RoutingContext http, Principal who) {
        UUID order = Parameters.id(http, "id");
        Parcel about = Parcel.about(Parties.of(who.subject(), order)).with(CommerceFields.ORDER_ID, order);
        // whose order it is, is known where orders are
        Answers.answer(
                http,
                bus.ask(Orders.FIND, about),
                own -> receipts.of(order)
                        .onSuccess(receipt -> Answers.guarded(
                                http, () -> Answers.json(http, 200, json -> LedgerJson.receipt(json, order, receipt))))
                        .onFailure(cause -> Answers.failed(http, cause)));
    }
}
