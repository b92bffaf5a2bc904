package io.sluice.gateway.order;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.api.OrderHappening;
import io.sluice.commerce.api.OrderSummary;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.api.ProductOffer;
import io.sluice.commerce.api.Quote;
import io.sluice.commerce.pricing.TaxRate;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Orders, their histories and products as JSON. The same summary is always the same bytes. */
final class OrderJson {

    private OrderJson() {}

    static void order(JsonGenerator json, OrderSummary order) throws IOException {
        json.writeStartObject();
        members(json, order);
        json.writeEndObject();
    }

    /** The order's members, into an object that may have more. */
    static void members(JsonGenerator json, OrderSummary order) throws IOException {
        json.writeStringField("id", order.id().toString());
        json.writeStringField("state", order.state());
        if (order.holdReason() != null) {
            json.writeStringField("hold_reason", order.holdReason());
        }
        json.writeNumberField("version", order.version());
        costs(json, order.costs());
        pieces(json, "cancelled", order.cancelled());
        json.writeArrayFieldStart("parcels");
        for (OrderSummary.Parcel parcel : order.parcels()) {
            json.writeStartObject();
            json.writeStringField("id", parcel.id().toString());
            json.writeStringField("status", parcel.status().toLowerCase(Locale.ROOT));
            if (parcel.trackingNumber() != null) {
                json.writeStringField("tracking_number", parcel.trackingNumber());
            }
            pieces(json, "pieces", parcel.pieces());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("returns");
        for (OrderSummary.Return one : order.returns()) {
            json.writeStartObject();
            json.writeStringField("id", one.id().toString());
            json.writeStringField("status", one.status().toLowerCase(Locale.ROOT));
            json.writeStringField("reason", one.reason());
            pieces(json, "pieces", one.pieces());
            json.writeEndObject();
        }
        json.writeEndArray();
        money(json, "captured", order.captured(), order.currency());
        money(json, "refunded", order.refunded(), order.currency());
        money(json, "refunded_tax", order.refundedTax(), order.currency());
        json.writeStringField("payment_status", order.paymentStatus());
        json.writeStringField("fulfilment_status", order.fulfilmentStatus());
        if (order.nextActionUrl() != null) {
            json.writeObjectFieldStart("next_action");
            json.writeStringField("type", "redirect");
            json.writeStringField("url", order.nextActionUrl());
            json.writeEndObject();
        }
        json.writeStringField("created_at", time(order.createdAtMillis()));
    }

    static void quote(JsonGenerator json, Quote quote) throws IOException {
        json.writeStartObject();
        costs(json, quote);
        json.writeEndObject();
    }

    private static void costs(JsonGenerator json, Quote quote) throws IOException {
        money(json, "total", quote.total(), quote.currency());
        json.writeArrayFieldStart("lines");
        for (Quote.Line line : quote.lines()) {
            json.writeStartObject();
            json.writeStringField("sku", line.sku());
            json.writeNumberField("quantity", line.quantity());
            money(json, "unit_price", line.unitPrice(), quote.currency());
            money(json, "total", line.total(), quote.currency());
            json.writeNumberField("tax_rate", new TaxRate(line.taxRate()).percent());
            money(json, "tax", line.tax(), quote.currency());
            json.writeEndObject();
        }
        json.writeEndArray();
        money(json, "shipping", quote.shipping(), quote.currency());
        money(json, "tax", quote.tax(), quote.currency());
        json.writeBooleanField("tax_included", quote.isTaxIncluded());
    }

    static void happening(JsonGenerator json, OrderHappening event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", event.sequence());
        json.writeStringField("kind", event.kind());
        json.writeStringField("state", event.state());
        json.writeStringField("at", time(event.atMillis()));
        json.writeEndObject();
    }

    static void offer(JsonGenerator json, ProductOffer offer) throws IOException {
        json.writeStartObject();
        json.writeStringField("sku", offer.sku());
        json.writeStringField("name", offer.name());
        money(json, "price", offer.price(), offer.currency());
        json.writeNumberField("available", offer.available());
        json.writeEndObject();
    }

    /** Writes one item of a page. */
    @FunctionalInterface
    interface Item<T> {
        void write(JsonGenerator json, T item) throws IOException;
    }

    static <T> void page(JsonGenerator json, Orders.Page<T> page, Item<T> item) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("items");
        for (T each : page.items()) {
            item.write(json, each);
        }
        json.writeEndArray();
        json.writeStringField("next", page.next());
        json.writeEndObject();
    }

    private static void pieces(JsonGenerator json, String name, List<LineWanted> pieces) throws IOException {
        json.writeArrayFieldStart(name);
        for (LineWanted piece : pieces) {
            json.writeStartObject();
            json.writeStringField("sku", piece.sku());
            json.writeNumberField("quantity", piece.quantity());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void money(JsonGenerator json, String name, long amount, String currency) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("amount", amount);
        json.writeStringField("currency", currency);
        json.writeEndObject();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
