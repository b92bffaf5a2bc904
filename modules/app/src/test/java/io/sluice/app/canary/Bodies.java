package io.sluice.app.canary;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Good requests that are full of canaries. */
final class Bodies {

    static final String PASSWORD = "password.right";

    private final Canaries canaries;

    Bodies(Canaries canaries) {
        this.canaries = canaries;
    }

    JsonObject registration(String policyVersion) {
        return new JsonObject()
                .put("email", canaries.of(StewardshipFields.EMAIL))
                .put("password", canaries.stray(PASSWORD))
                .put("name", canaries.of(StewardshipFields.NAME))
                .put("locale", canaries.of(StewardshipFields.LOCALE))
                .put("country", canaries.of(StewardshipFields.COUNTRY))
                .put("consents", new JsonObject().put("customer_assistance", true))
                .put("policy_version", policyVersion);
    }

    JsonObject credentials(String password) {
        return new JsonObject()
                .put("email", canaries.of(StewardshipFields.EMAIL))
                .put("password", password);
    }

    /** With the canary of every field that an order may have, but for the payment's method and a recipient. */
    JsonObject order(String method) {
        return new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", "SL-0001").put("quantity", 1)))
                .put("delivery", delivery())
                .put("payment", new JsonObject().put("method", method))
                .put("contact", new JsonObject().put("email", canaries.of(CommerceFields.CONTACT_EMAIL)));
    }

    private JsonObject delivery() {
        return new JsonObject()
                .put("name", canaries.of(CommerceFields.DELIVERY_NAME))
                .put("line1", canaries.of(CommerceFields.DELIVERY_LINE1))
                .put("line2", canaries.of(CommerceFields.DELIVERY_LINE2))
                .put("city", canaries.of(CommerceFields.DELIVERY_CITY))
                .put("region", canaries.of(CommerceFields.DELIVERY_REGION))
                .put("postcode", canaries.of(CommerceFields.DELIVERY_POSTCODE))
                .put("country", canaries.of(CommerceFields.DELIVERY_COUNTRY))
                .put("phone", canaries.of(CommerceFields.DELIVERY_PHONE));
    }

    /** As {@link #order}, for somebody else. */
    JsonObject gift(String method) {
        return order(method)
                .put(
                        "recipient",
                        new JsonObject()
                                .put("name", canaries.of(CommerceFields.RECIPIENT_NAME))
                                .put("email", canaries.of(CommerceFields.RECIPIENT_EMAIL)));
    }

    String unknownMethod() {
        return canaries.of(CommerceFields.PAYMENT_METHOD);
    }
}
