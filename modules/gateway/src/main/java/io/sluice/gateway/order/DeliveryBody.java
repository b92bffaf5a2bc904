package io.sluice.gateway.order;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.json.JsonObject;
import io.sluice.gateway.json.JsonText;
import io.sluice.gateway.json.JsonValue;
import io.sluice.kernel.Field;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Where a parcel goes, as requests say it. A corrected address is a whole one too: half an old one leads nowhere. */
final class DeliveryBody {

    // E.164
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
    // ISO 3166-1 alpha-2
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    static final JsonText COUNTRY =
            JsonText.upTo(2).matching(COUNTRIES::contains, "must be an ISO 3166-1 alpha-2 code");
    static final JsonText REGION = JsonText.upTo(100);

    /** What {@code PATCH /v1/orders/{id}/delivery} takes, and its twin for staff. */
    static final JsonValue<PersonalTexts> SHAPE =
            DeliveryBody.<PersonalTexts>members(Function.identity()).as(PersonalTexts::new, Function.identity());

    private DeliveryBody() {}

    /**
     * The members of an address.
     *
     * @param texts where a draft keeps what is personal of it
     */
    static <D> JsonObject<D> members(Function<D, PersonalTexts> texts) {
        return JsonObject.<D>empty()
                .required("name", JsonText.upTo(200), into(texts, CommerceFields.DELIVERY_NAME))
                .required("line1", JsonText.upTo(200), into(texts, CommerceFields.DELIVERY_LINE1))
                .optional("line2", JsonText.upTo(200), into(texts, CommerceFields.DELIVERY_LINE2))
                .required("city", JsonText.upTo(100), into(texts, CommerceFields.DELIVERY_CITY))
                .optional("region", REGION, into(texts, CommerceFields.DELIVERY_REGION))
                .required("postcode", JsonText.upTo(20), into(texts, CommerceFields.DELIVERY_POSTCODE))
                .required("country", COUNTRY, into(texts, CommerceFields.DELIVERY_COUNTRY))
                .optional(
                        "phone",
                        Texts.matching(16, PHONE, "must be an E.164 number").exempt(),
                        into(texts, CommerceFields.DELIVERY_PHONE));
    }

    private static <D> BiConsumer<D, String> into(Function<D, PersonalTexts> texts, Field<String> field) {
        return (draft, text) -> texts.apply(draft).put(field, text);
    }
}
