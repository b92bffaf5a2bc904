package io.sluice.load.passthrough;

import io.sluice.app.config.Config;
import io.sluice.app.node.Node;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.OpenGuard;
import io.sluice.kernel.Field;
import io.sluice.kernel.Plain;
import java.util.Map;

/** Starts a node behind an open gate. */
public final class PassThrough {

    /** What partners are told, of the shape of what the load generator orders: the carrier asks for five of these. */
    private static final Map<Field<?>, Plain<String>> TOLD = Map.of(
            CommerceFields.DELIVERY_NAME, Plain.of("Marta Lindqvist-Okafor"),
            CommerceFields.DELIVERY_LINE1, Plain.of("Hafenstrasse 001"),
            CommerceFields.DELIVERY_CITY, Plain.of("Hamburg"),
            CommerceFields.DELIVERY_POSTCODE, Plain.of("20001"),
            CommerceFields.DELIVERY_COUNTRY, Plain.of("DE"),
            CommerceFields.DELIVERY_PHONE, Plain.of("+494012340001"),
            CommerceFields.PAYMENT_METHOD, Plain.of("pm_card_visa"));

    private PassThrough() {}

    /** @throws io.sluice.app.node.StartFailed naming the stage; what had started is stopped again */
    public static Node start(Config config) {
        return Node.start(config, new OpenGuard(TOLD)::guard);
    }
}
