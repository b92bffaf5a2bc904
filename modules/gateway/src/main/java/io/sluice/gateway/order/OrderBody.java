package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.pricing.Destination;
import io.sluice.gateway.account.EmailAddress;
import io.sluice.gateway.json.JsonList;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.gateway.json.JsonWhole;
import io.sluice.kernel.Field;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The body of {@code POST /v1/orders}, read into the catalogue's slots. Lives for one request; its plain values go nowhere but
 * under seal.
 */
record OrderBody(String currency, List<LineWanted> lines, PersonalTexts personal) {

    private static final int MAX_LINES = 100;
    private static final int MAX_QUANTITY = 10_000;
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9_-]+");

    /** The lines of an order, as customers say them. */
    static final JsonValue<List<LineWanted>> LINES = JsonList.of(line(), MAX_LINES);

    /** What {@code POST /v1/orders} takes. */
    static final JsonValue<OrderBody> SHAPE = order().as(Draft::new, Draft::body);

    OrderBody {
        lines = List.copyOf(lines);
    }

    private static JsonObject<Draft> order() {
        return JsonObject.<Draft>empty()
                .required("currency", Texts.CURRENCY, (draft, text) -> draft.currency = text)
                .required("lines", LINES, (draft, all) -> draft.lines = all)
                .required("delivery", DeliveryBody.members(draft -> draft.personal))
                .optional("recipient", recipient())
                .required("payment", payment())
                .optional("contact", contact());
    }

    private static JsonValue<LineWanted> line() {
        return JsonObject.<DraftLine>empty()
                .required("sku", JsonText.upTo(64).exempt(), (line, text) -> line.sku = text)
                .required("quantity", JsonWhole.between(1, MAX_QUANTITY), (line, many) -> line.quantity = many)
                .as(DraftLine::new, DraftLine::wanted);
    }

    private static JsonObject<Draft> recipient() {
        return JsonObject.<Draft>empty()
                .required("name", JsonText.upTo(200), into(CommerceFields.RECIPIENT_NAME))
                .optional("email", EmailAddress.TYPED, into(CommerceFields.RECIPIENT_EMAIL));
    }

    private static JsonObject<Draft> payment() {
        return JsonObject.<Draft>empty()
                .required(
                        "method",
                        Texts.matching(64, METHOD, "must be a payment method's token"),
                        into(CommerceFields.PAYMENT_METHOD));
    }

    private static JsonObject<Draft> contact() {
        return JsonObject.<Draft>empty().optional("email", EmailAddress.TYPED, into(CommerceFields.CONTACT_EMAIL));
    }

    private static BiConsumer<Draft, String> into(Field<String> field) {
        return (draft, text) -> draft.personal.put(field, text);
    }

    /** Where it is delivered, ISO 3166-1. */
    String country() {
        return Objects.requireNonNull(personal.of(CommerceFields.DELIVERY_COUNTRY));
    }

    Destination destination() {
        return new Destination(country(), personal.of(CommerceFields.DELIVERY_REGION));
    }

    /** Whether the parcel goes to somebody else, who is a person of their own. */
    boolean hasRecipient() {
        return personal.of(CommerceFields.RECIPIENT_NAME) != null;
    }

    /** The same text for the same order, however its JSON was laid out. No value holds a line break or U+0000. */
    String canonical() {
        StringBuilder text = new StringBuilder(512).append(currency);
        for (LineWanted line : lines) {
            text.append('\n').append(line.sku()).append('\0').append(line.quantity());
        }
        for (Field<String> field : CommerceFields.SEALED_WITH_ORDER) {
            String value = personal.of(field);
            if (value != null) {
                text.append('\n').append('\0').append(field.id()).append('\0').append(value);
            }
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "OrderBody[" + lines.size() + " lines, •••]";
    }

    /** What has been read so far. */
    private static final class Draft {
        private String currency = "";
        private List<LineWanted> lines = List.of();
        private final PersonalTexts personal = new PersonalTexts();

        OrderBody body() {
            return new OrderBody(currency, lines, personal);
        }
    }

    private static final class DraftLine {
        private String sku = "";
        private long quantity;

        LineWanted wanted() {
            return new LineWanted(sku, (int) quantity);
        }
    }
}
