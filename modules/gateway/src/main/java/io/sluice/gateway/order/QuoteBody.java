package io.sluice.gateway.order;

import io.sluice.commerce.api.LineWanted;
import io.sluice.commerce.pricing.Destination;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /v1/quotes}. */
record QuoteBody(String currency, List<LineWanted> lines, Destination to) {

    static final JsonValue<QuoteBody> SHAPE = JsonObject.<Draft>empty()
            .required("currency", Texts.CURRENCY, (draft, text) -> draft.currency = text)
            .required("lines", OrderBody.LINES, (draft, all) -> draft.lines = all)
            .required("delivery", delivery())
            .as(Draft::new, Draft::body);

    private static JsonObject<Draft> delivery() {
        return JsonObject.<Draft>empty()
                .required("country", DeliveryBody.COUNTRY, (draft, text) -> draft.country = text)
                .optional("region", DeliveryBody.REGION, (draft, text) -> draft.region = text);
    }

    private static final class Draft {
        private String currency = "";
        private List<LineWanted> lines = List.of();
        private String country = "";
        private @Nullable String region;

        QuoteBody body() {
            return new QuoteBody(currency, lines, new Destination(country, region));
        }
    }
}
