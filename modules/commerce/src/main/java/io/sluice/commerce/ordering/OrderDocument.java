package io.sluice.commerce.ordering;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.money.Money;
import io.sluice.commerce.payment.Operation;
import io.sluice.commerce.payment.OperationKind;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.refund.Refund;
import io.sluice.commerce.refund.RefundStatus;
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

    private OrderDocument() {}

    static JsonObject write(Order order) {
        JsonObject document = new JsonObject()
                .put("v", 1)
                .put("id", order.id().toString())
                .put("buyer", order.buyer().value().toString())
                .put("state", order.state().name())
                .put("version", order.version())
                .put("currency", order.total().currency())
                .put("total", order.total().minor())
                .put("reservation", order.reservation().name())
                .put("placed_at", order.placedAt().toEpochMilli())
                .put("lines", array(order.lines(), OrderDocument::line))
                .put("operations", array(order.operations(), OrderDocument::operation));
        SubjectId addressee = order.addressee();
        put(document, "addressee", addressee == null ? null : addressee.value().toString());
        put(document, "hold", order.hold() == null ? null : order.hold().name());
        if (!order.shipments().isEmpty()) {
            document.put("shipments", array(order.shipments(), OrderDocument::shipment));
        }
        if (!order.refunds().isEmpty()) {
            document.put("refunds", array(order.refunds(), OrderDocument::refund));
        }
        return document;
    }

    public static Order read(JsonObject document) {
        String currency = document.getString("currency");
        List<Operation> operations = list(document, "operations", item -> operation(item, currency));
        List<Shipment> shipments = list(document, "shipments", OrderDocument::shipment);
        String addressee = document.getString("addressee");
        String hold = document.getString("hold");
        return new Order(
                UUID.fromString(document.getString("id")),
                new SubjectId(UUID.fromString(document.getString("buyer"))),
                addressee == null ? null : new SubjectId(UUID.fromString(addressee)),
                OrderState.valueOf(document.getString("state")),
                hold == null ? null : HoldReason.valueOf(hold),
                document.getLong("version"),
                new Money(document.getLong("total"), currency),
                list(document, "lines", item -> line(item, currency)),
                Reservation.valueOf(document.getString("reservation")),
                operations,
                shipments,
                list(document, "refunds", item -> refund(item, currency)),
                operations.size() + shipments.size(),
                Instant.ofEpochMilli(document.getLong("placed_at")));
    }

    private static JsonObject line(OrderLine line) {
        return new JsonObject()
                .put("sku", line.sku())
                .put("quantity", line.quantity())
                .put("unit_price", line.unitPrice().minor());
    }

    private static OrderLine line(JsonObject line, String currency) {
        return new OrderLine(
                line.getString("sku"), line.getInteger("quantity"), new Money(line.getLong("unit_price"), currency));
    }

    private static JsonObject operation(Operation operation) {
        JsonObject json = new JsonObject()
                .put("id", operation.id().toString())
                .put("kind", operation.kind().name())
                .put("amount", operation.amount().minor())
                .put("status", operation.status().name());
        put(json, "on_reference", operation.onReference());
        put(json, "reference", operation.reference());
        put(json, "next_action_url", operation.nextActionUrl());
        put(json, "reason", operation.reason());
        return json;
    }

    private static Operation operation(JsonObject json, String currency) {
        return new Operation(
                UUID.fromString(json.getString("id")),
                OperationKind.valueOf(json.getString("kind")),
                new Money(json.getLong("amount"), currency),
                OperationStatus.valueOf(json.getString("status")),
                json.getString("on_reference"),
                json.getString("reference"),
                json.getString("next_action_url"),
                json.getString("reason"));
    }

    private static JsonObject shipment(Shipment shipment) {
        JsonObject json = new JsonObject()
                .put("id", shipment.id().toString())
                .put("status", shipment.status().name());
        put(json, "reference", shipment.reference());
        put(json, "tracking_number", shipment.trackingNumber());
        put(json, "reason", shipment.reason());
        return json;
    }

    private static Shipment shipment(JsonObject json) {
        return new Shipment(
                UUID.fromString(json.getString("id")),
                ShipmentStatus.valueOf(json.getString("status")),
                json.getString("reference"),
                json.getString("tracking_number"),
                json.getString("reason"));
    }

    private static JsonObject refund(Refund refund) {
        JsonObject json = new JsonObject()
                .put("operation", refund.operation().toString())
                .put("amount", refund.amount().minor())
                .put("reason", refund.reason())
                .put("status", refund.status().name())
                .put("key", refund.key())
                .put("fingerprint", refund.fingerprint());
        return refund.lines().isEmpty() ? json : json.put("lines", array(refund.lines(), OrderDocument::piece));
    }

    private static JsonObject piece(LineWanted line) {
        return new JsonObject().put("sku", line.sku()).put("quantity", line.quantity());
    }

    private static Refund refund(JsonObject json, String currency) {
        return new Refund(
                UUID.fromString(json.getString("operation")),
                new Money(json.getLong("amount"), currency),
                list(json, "lines", item -> new LineWanted(item.getString("sku"), item.getInteger("quantity"))),
                json.getString("reason"),
                RefundStatus.valueOf(json.getString("status")),
                json.getString("key"),
                json.getString("fingerprint"));
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
