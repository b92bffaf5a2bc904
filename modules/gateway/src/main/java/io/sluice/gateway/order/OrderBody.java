package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.gateway.json.JsonReading;
import io.sluice.kernel.Field;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/orders}, read into the catalogue's slots. Lives for one request; its plain values go nowhere but
 * under seal.
 *
 * @param hasRecipient whether the parcel goes to somebody else, who is a person of their own
 */
record OrderBody(String currency, List<LineWanted> lines, Map<Field<String>, String> personal, boolean hasRecipient) {

    private static final int MAX_LINES = 100;
    private static final int MAX_QUANTITY = 10_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_LINE = 200;
    private static final int MAX_EMAIL = 254;
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    // E.164
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]+\\.[^@\\s.]+");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    // ISO 3166-1 alpha-2
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    OrderBody {
        lines = List.copyOf(lines);
        personal = Map.copyOf(personal);
    }

    /** Reads a body; throws {@link io.sluice.gateway.http.Refused} with all that is wrong with it. */
    static OrderBody read(@Nullable Buffer body, int maxDepth) {
        JsonReading order = JsonReading.of(body, maxDepth);
        Map<Field<String>, String> personal = new LinkedHashMap<>();
        String currency = order.text("currency", 3);
        order.require("currency", currency, text -> CURRENCY.matcher(text).matches(), "must be an ISO 4217 code");
        List<LineWanted> lines = lines(order);
        delivery(order.object("delivery"), personal);
        JsonReading recipient = order.optionalObject("recipient");
        if (recipient != null) {
            personal.put(CommerceFields.RECIPIENT_NAME, recipient.text("name", MAX_NAME));
            email(recipient, CommerceFields.RECIPIENT_EMAIL, personal);
        }
        JsonReading payment = order.object("payment");
        String method = payment.text("method", 64);
        payment.require("method", method, text -> METHOD.matcher(text).matches(), "must be a payment method's token");
        personal.put(CommerceFields.PAYMENT_METHOD, method);
        JsonReading contact = order.optionalObject("contact");
        if (contact != null) {
            email(contact, CommerceFields.CONTACT_EMAIL, personal);
        }
        order.end();
        return new OrderBody(currency, lines, personal, recipient != null);
    }

    private static List<LineWanted> lines(JsonReading order) {
        List<LineWanted> lines = new ArrayList<>();
        for (JsonReading line : order.objects("lines", MAX_LINES)) {
            lines.add(new LineWanted(line.exemptText("sku", 64), (int) line.integer("quantity", 1, MAX_QUANTITY)));
        }
        return lines;
    }

    private static void delivery(JsonReading delivery, Map<Field<String>, String> personal) {
        personal.put(CommerceFields.DELIVERY_NAME, delivery.text("name", MAX_NAME));
        personal.put(CommerceFields.DELIVERY_LINE1, delivery.text("line1", MAX_LINE));
        optional(delivery, "line2", MAX_LINE, CommerceFields.DELIVERY_LINE2, personal);
        personal.put(CommerceFields.DELIVERY_CITY, delivery.text("city", 100));
        optional(delivery, "region", 100, CommerceFields.DELIVERY_REGION, personal);
        personal.put(CommerceFields.DELIVERY_POSTCODE, delivery.text("postcode", 20));
        String country = delivery.text("country", 2);
        delivery.require("country", country, COUNTRIES::contains, "must be an ISO 3166-1 alpha-2 code");
        personal.put(CommerceFields.DELIVERY_COUNTRY, country);
        String phone = delivery.optionalExemptText("phone", 16);
        delivery.require("phone", phone, text -> PHONE.matcher(text).matches(), "must be an E.164 number");
        if (phone != null) {
            personal.put(CommerceFields.DELIVERY_PHONE, phone);
        }
    }

    private static void email(JsonReading reading, Field<String> field, Map<Field<String>, String> personal) {
        String email = reading.optionalText("email", MAX_EMAIL);
        reading.require("email", email, text -> EMAIL.matcher(text).matches(), "must be an e-mail address");
        if (email != null) {
            personal.put(field, email);
        }
    }

    private static void optional(
            JsonReading reading, String name, int max, Field<String> field, Map<Field<String>, String> personal) {
        String value = reading.optionalText(name, max);
        if (value != null) {
            personal.put(field, value);
        }
    }

    @Override
    public String toString() {
        return "OrderBody[" + lines.size() + " lines, •••]";
    }
}
