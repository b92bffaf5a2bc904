package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.pricing.Destination;
import io.sluice.commerce.pricing.Goods;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.commerce.pricing.Tariffs;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.Refusal;
import io.sluice.kernel.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One order told command by command, with everything that it caused. */
final class Story {

    static final UUID ORDER = new UUID(0x0191_0000_0000_7000L, 0x8000_0000_0000_0100L);
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    static final Destination HOME = new Destination("DE", null);

    Order order;
    Instant now = NOW;
    OrderRules rules;
    final List<Effect> effects = new ArrayList<>();

    @Nullable Refusal refused;

    private Story(Decision.Decided placed, OrderRules rules) {
        order = placed.order();
        this.rules = rules;
        effects.addAll(placed.effects());
    }

    /** Two lines, 25.00 EUR in all, just accepted. */
    static Story placed() {
        return placed(Tariffs.NOTHING);
    }

    /** The same goods, with what comes with them by that tariff. */
    static Story placed(Tariff tariff) {
        List<Goods> goods = List.of(
                new Goods("tea", 2, new Money(1000, "EUR"), "reduced"),
                new Goods("cup", 1, new Money(500, "EUR"), TaxTable.STANDARD));
        List<Charge> charges = tariff.charges(HOME, goods).orElseThrow();
        Order blank = Order.blank(
                ORDER,
                new SubjectId(new UUID(0, 1)),
                null,
                List.of(new OrderLine(goods.get(0), charges.get(0)), new OrderLine(goods.get(1), charges.get(1))),
                NOW);
        return new Story(
                OrderDecider.place(blank), new OrderRules(true, Duration.ofDays(1), Duration.ofDays(7), tariff));
    }

    static Story authorised() {
        return placed().provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
    }

    static Story captured() {
        return authorised().carrier(ShipmentStatus.ACCEPTED).provider(OperationKind.CAPTURE, OperationStatus.SUCCEEDED);
    }

    Story then(OrderCommand command) {
        switch (OrderDecider.decide(order, command, rules, now)) {
            case Decision.Refused no -> refused = no.refusal();
            case Decision.Decided decided -> {
                refused = null;
                order = decided.order();
                effects.addAll(decided.effects());
            }
        }
        return this;
    }

    /** The provider says where the latest operation of that kind stands. */
    Story provider(OperationKind kind, OperationStatus status) {
        return provider(kind, status, last(kind).amount());
    }

    /** The same, with what it says that it moved. */
    Story provider(OperationKind kind, OperationStatus status, @Nullable Money moved) {
        UUID id = last(kind).id();
        return then(new OrderCommand.RecordOperation(id, status, moved, "ref-" + id, null, null));
    }

    Story carrier(ShipmentStatus status) {
        return then(new OrderCommand.RecordShipment(order.shipments().getLast().id(), status, "parcel", "T1", null));
    }

    Story refund(@Nullable Long amount, String key) {
        return then(new OrderCommand.RefundMoney(
                amount == null ? null : new Money(amount, "EUR"), null, "damaged", key, "body of " + key));
    }

    Story refundPieces(String key, LineWanted... pieces) {
        return then(new OrderCommand.RefundMoney(null, List.of(pieces), "x", key, "f"));
    }

    /** Authorised, and waiting to be sent by staff. */
    static Story waiting() {
        Story story = placed();
        return story.sentByHand().provider(OperationKind.AUTHORIZE, OperationStatus.SUCCEEDED);
    }

    Story sentByHand() {
        rules = new OrderRules(false, rules.reviewWithin(), rules.authorisedFor(), rules.tariff());
        return this;
    }

    /** Staff send these pieces out. */
    Story sent(String key, LineWanted... pieces) {
        return then(new OrderCommand.Dispatch(Pieces.of(List.of(pieces)), key, "body of " + key));
    }

    /** The buyer keeps so many of each. */
    Story keeping(Map<String, Integer> keep) {
        return then(new OrderCommand.LowerQuantities(keep));
    }

    /** Authorised, and held by our own gate. */
    static Story held(HoldReason reason) {
        Story story = authorised();
        return story.then(
                new OrderCommand.HoldShipment(story.order.shipments().getLast().id(), reason));
    }

    Operation last(OperationKind kind) {
        return order.all(kind).reduce((first, second) -> second).orElseThrow();
    }

    long count(Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).count();
    }
}
