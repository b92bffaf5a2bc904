package io.sluice.gateway.order;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.commerce.api.PersonsShown;
import io.sluice.kernel.Plain;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Whom an order concerns as JSON, for staff: what the guard has masked, and nothing that this file could show more of. */
final class PersonsJson {

    private PersonsJson() {}

    static void persons(JsonGenerator json, PersonsShown persons) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("delivery");
        text(json, "name", persons.name());
        text(json, "line1", persons.line1());
        text(json, "line2", persons.line2());
        text(json, "city", persons.city());
        text(json, "region", persons.region());
        text(json, "postcode", persons.postcode());
        text(json, "country", persons.country());
        text(json, "phone", persons.phone());
        json.writeEndObject();
        json.writeObjectFieldStart("contact");
        text(json, "email", persons.contactEmail());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable Plain<String> shown) throws IOException {
        if (shown != null) {
            json.writeStringField(name, shown.reveal());
        }
    }
}
