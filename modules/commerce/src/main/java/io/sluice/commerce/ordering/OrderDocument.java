package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.pricing.Charge;
import io.sluice.commerce.pricing.Goods;
import io.sluice.commerce.pricing.TaxRate;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
import io.sluice.commerce.refund.Return;
import io.sluice.commerce.refund.ReturnStatus;
import io.sluice.commerce.shipping.Shipment;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.kernel.SubjectId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An order as the document in its row, and back. No personal field is in it. */
public final class OrderDocument {

    private static final int VERSION = 5;
    /** From here on what was added may be absent, and then means nothing: so nodes of two versions can work side by side. */
    private static final int LEAST_VERSION = 4;

    private OrderDocument() {}

    static JsonObject write(Order order) {
        JsonObject document = new JsonObject()
                .put("v", VERSION)
                .put("id", order.id().toString())
                .put("buyer", order.buyer().value().toString())
                .put("state", order.state().name())
                .put("version", order.version())
                .put("currency", order.total().currency())
                .put("total", order.total().minor())
                .put("placed_at", order.placedAt().toEpochMilli())
                .put("lines", array(order.lines(), OrderDocument::line))
                .put("operations", array(order.operations(), OrderDocument::operation));
        SubjectId addressee = order.addressee();
        put(document, "addressee", addressee == null ? null : addressee.value().toString());
        put(document, "hold", order.hold() == null ? null : order.hold().name());
        if (order.isCleared()) {
            document.put("cleared", true);
        }
        putPieces(document, "committed", order.committed());
        putPieces(document, "released", order.released());
        if (!order.shipments().isEmpty()) {
            document.put("shipments", array(order.shipments(), OrderDocument::shipment));
        }
        if (!order.refunds().isEmpty()) {
            document.put("refunds", array(order.refunds(), OrderDocument::refund));
        }
        if (!order.returns().isEmpty()) {
            document.put("returns", array(order.returns(), OrderDocument::returned));
        }
        return document;
    }

    /** Throws on a document of another version: whatever it holds that this one does not know must not be lost. */
    public static Order read(JsonObject document) {
        Integer version = document.getInteger("v");
        if (version == null || version < LEAST_VERSION || version > VERSION) {
            throw new IllegalStateException("an order's document of version " + version);
        }
        String currency = document.getString("currency");
        List<Operation> operations = list(document, "operations", item -> operation(item, currency));
        List<Shipment> shipments = list(document, "shipments", OrderDocument::shipment);
        List<Return> returns = list(document, "returns", OrderDocument::returned);
        String addressee = document.getString("addressee");
        String hold = document.getString("hold");
        return new Order(
                UUID.fromString(document.getString("id")),
                new SubjectId(UUID.fromString(document.getString("buyer"))),
                addressee == null ? null : new SubjectId(UUID.fromString(addressee)),
                OrderState.valueOf(document.getString("state")),
                hold == null ? null : HoldReason.valueOf(hold),
                document.getBoolean("cleared", false),
                document.getLong("version"),
                new Money(document.getLong("total"), currency),
                list(document, "lines", item -> line(item, currency)),
                pieces(document, "committed"),
                pieces(document, "released"),
                operations,
                shipments,
                list(document, "refunds", item -> refund(item, currency)),
                returns,
                operations.size() + shipments.size() + returns.size(),
                Instant.ofEpochMilli(document.getLong("placed_at")));
    }

    private static JsonObject line(OrderLine line) {
        Charge charge = line.charge();
        JsonObject json = new JsonObject()
                .put("sku", line.sku())
                .put("quantity", line.quantity())
                .put("unit_price", line.goods().unitPrice().minor());
        if (!line.goods().taxClass().equals(TaxTable.STANDARD)) {
            json.put("tax_class", line.goods().taxClass());
        }
        putSome(json, "shipping", charge.shipping().minor());
        putSome(json, "tax_rate", charge.rate().thousandths());
        putSome(json, "tax", charge.tax().minor());
        return charge.isTaxOnTop() ? json.put("tax_on_top", true) : json;
    }

    private static OrderLine line(JsonObject line, String currency) {
        return new OrderLine(
                new Goods(
                        line.getString("sku"),
                        line.getInteger("quantity"),
                        new Money(line.getLong("unit_price"), currency),
                        line.getString("tax_class", TaxTable.STANDARD)),
                new Charge(
                        new Money(line.getLong("shipping", 0L), currency),
                        new TaxRate(line.getInteger("tax_rate", 0)),
                        new Money(line.getLong("tax", 0L), currency),
                        line.getBoolean("tax_on_top", false)));
    }

    private static JsonObject operation(Operation operation) {
        JsonObject json = new JsonObject()
                .put("id", operation.id().toString())
                .put("kind", operation.kind().name())
                .put("amount", operation.amount().minor())
                .put("status", operation.status().name());
        if (operation.isFinal()) {
            json.put("final", true);
        }
        put(json, "on_reference", operation.onReference());
        put(json, "reference", operation.reference());
        Instant until = operation.until();
        if (until != null) {
            json.put("until", until.toEpochMilli());
        }
        put(json, "next_action_url", operation.nextActionUrl());
        put(json, "reason", operation.reason());
        return json;
    }

    private static Operation operation(JsonObject json, String currency) {
        Long until = json.getLong("until");
        return new Operation(
                UUID.fromString(json.getString("id")),
                OperationKind.valueOf(json.getString("kind")),
                new Money(json.getLong("amount"), currency),
                json.getBoolean("final", false),
                OperationStatus.valueOf(json.getString("status")),
                json.getString("on_reference"),
                json.getString("reference"),
                until == null ? null : Instant.ofEpochMilli(until),
                json.getString("next_action_url"),
                json.getString("reason"));
    }

    private static JsonObject shipment(Shipment shipment) {
        JsonObject json = new JsonObject()
                .put("id", shipment.id().toString())
                .put("status", shipment.status().name());
        putPieces(json, "pieces", shipment.pieces());
        put(json, "key", shipment.key());
        put(json, "fingerprint", shipment.fingerprint());
        put(json, "reference", shipment.reference());
        put(json, "tracking_number", shipment.trackingNumber());
        put(json, "reason", shipment.reason());
        return json;
    }

    private static Shipment shipment(JsonObject json) {
        return new Shipment(
                UUID.fromString(json.getString("id")),
                pieces(json, "pieces"),
                json.getString("key"),
                json.getString("fingerprint"),
                ShipmentStatus.valueOf(json.getString("status")),
                json.getString("reference"),
                json.getString("tracking_number"),
                json.getString("reason"));
    }

    private static JsonObject refund(Refund refund) {
        JsonObject json = new JsonObject()
                .put(
                        "operations",
                        new JsonArray(
                                refund.operations().stream().map(UUID::toString).toList()))
                .put("amount", refund.amount().minor())
                .put("reason", refund.reason())
                .put("status", refund.status().name())
                .put("key", refund.key())
                .put("fingerprint", refund.fingerprint());
        putSome(json, "tax", refund.tax().minor());
        return refund.lines().isEmpty() ? json : json.put("lines", array(refund.lines(), OrderDocument::piece));
    }

    private static JsonObject returned(Return one) {
        JsonObject json = new JsonObject()
                .put("id", one.id().toString())
                .put("reason", one.reason())
                .put("status", one.status().name())
                .put("key", one.key())
                .put("fingerprint", one.fingerprint());
        Return.Condition condition = one.condition();
        put(json, "condition", condition == null ? null : condition.name());
        putPieces(json, "pieces", one.pieces());
        return json;
    }

    private static Return returned(JsonObject json) {
        String condition = json.getString("condition");
        return new Return(
                UUID.fromString(json.getString("id")),
                pieces(json, "pieces"),
                json.getString("reason"),
                ReturnStatus.valueOf(json.getString("status")),
                condition == null ? null : Return.Condition.valueOf(condition),
                json.getString("key"),
                json.getString("fingerprint"));
    }

    private static void putPieces(JsonObject json, String name, Pieces pieces) {
        if (!pieces.isEmpty()) {
            json.put(name, array(pieces.lines(), OrderDocument::piece));
        }
    }

    private static Pieces pieces(JsonObject json, String name) {
        return Pieces.of(list(json, name, OrderDocument::piece));
    }

    private static LineWanted piece(JsonObject json) {
        return new LineWanted(json.getString("sku"), json.getInteger("quantity"));
    }

    private static JsonObject piece(LineWanted line) {
        return new JsonObject().put("sku", line.sku()).put("quantity", line.quantity());
    }

    private static Refund refund(JsonObject json, String currency) {
        return new Refund(
                json.getJsonArray("operations").stream()
                        .map(id -> UUID.fromString((String) id))
                        .toList(),
                new Money(json.getLong("amount"), currency),
                new Money(json.getLong("tax", 0L), currency),
                list(json, "lines", OrderDocument::piece),
                json.getString("reason"),
                RefundStatus.valueOf(json.getString("status")),
                json.getString("key"),
                json.getString("fingerprint"));
    }

    private static void putSome(JsonObject json, String name, long value) {
        if (value != 0) {
            json.put(name, value);
        }
    }

    private static void put(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> write) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(write.apply(item)));
        return array;
    }

    private static <T> List<T> list(JsonObject document, String name, Function<JsonObject, T> read) {
        JsonArray array = document.getJsonArray(name);
        return array == null
                ? List.of()
                : array.stream().map(item -> read.apply((JsonObject) item)).toList();
    }
}
