package io.sluice.app.node;

import io.sluice.app.config.Caller;
import io.sluice.app.config.Carriers;
import io.sluice.app.config.Config;
import io.sluice.app.config.Payments;
import io.sluice.commerce.ordering.Partners;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may call back about whose doings, as commerce is told it; the names are those of the endpoints. */
final class Callers {

    private Callers() {}

    static Partners of(Config config) {
        Payments payments = config.payments();
        Carriers carriers = config.carriers();
        return new Partners(
                new Partners.Side(
                        payments.provider().word(),
                        Map.of("adyen", providers(payments.adyen()), "standard", providers(payments.standard())),
                        // its disputes name the payment, and no id of ours
                        Set.of(Payments.Provider.STRIPE.word())),
                new Partners.Side(
                        carriers.carrier().word(),
                        Map.of("easypost", carriers(carriers.easypost()), "standard", carriers(carriers.standard())),
                        // a tracker names the tracking number, and no id of ours
                        Stream.of(carriers.easypost(), carriers.standard())
                                .flatMap(caller -> carriers(caller).stream())
                                .collect(Collectors.toUnmodifiableSet())));
    }

    private static Set<String> providers(Caller<Payments.Provider> caller) {
        return caller.speaksFor().stream().map(Payments.Provider::word).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> carriers(Caller<Carriers.Carrier> caller) {
        return caller.speaksFor().stream().map(Carriers.Carrier::word).collect(Collectors.toUnmodifiableSet());
    }
}
