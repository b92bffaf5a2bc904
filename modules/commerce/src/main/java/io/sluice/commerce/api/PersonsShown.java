package io.sluice.commerce.api;

import static io.sluice.commerce.api.CommerceFields.CONTACT_EMAIL;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_CITY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_COUNTRY;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_LINE1;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_LINE2;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_NAME;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_PHONE;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_POSTCODE;
import static io.sluice.commerce.api.CommerceFields.DELIVERY_REGION;

import io.sluice.guard.Granted;
import io.sluice.kernel.Plain;
import org.jspecify.annotations.Nullable;

/**
 * Whom an order concerns, as staff see them: each value as its field's mask shows it. The whole values cannot be had from here.
 * What rests no longer with the order, because its person was erased, is not there.
 */
public record PersonsShown(
        @Nullable Plain<String> name,
        @Nullable Plain<String> line1,
        @Nullable Plain<String> line2,
        @Nullable Plain<String> city,
        @Nullable Plain<String> region,
        @Nullable Plain<String> postcode,
        @Nullable Plain<String> country,
        @Nullable Plain<String> phone,
        @Nullable Plain<String> contactEmail) {

    static PersonsShown from(Granted granted) {
        return new PersonsShown(
                granted.openedOrNull(DELIVERY_NAME),
                granted.openedOrNull(DELIVERY_LINE1),
                granted.openedOrNull(DELIVERY_LINE2),
                granted.openedOrNull(DELIVERY_CITY),
                granted.openedOrNull(DELIVERY_REGION),
                granted.openedOrNull(DELIVERY_POSTCODE),
                granted.openedOrNull(DELIVERY_COUNTRY),
                granted.openedOrNull(DELIVERY_PHONE),
                granted.openedOrNull(CONTACT_EMAIL));
    }
}
