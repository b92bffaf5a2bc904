package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.commerce.ordering.Partners;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may tell of whose doings, and whose names are taken down for that. */
class CallersTest {

    @TempDir
    Path folder;

    @Test
    void nobodySpeaksForAnotherUnlessTheConfigurationSaysSo() {
        Partners partners = partners(Map.of());

        assertThat(partners.payments().chosen()).isEqualTo("sandbox");
        assertThat(partners.payments().speaksFor().values()).allMatch(Set::isEmpty);
        assertThat(partners.carriers().speaksFor().values()).allMatch(Set::isEmpty);
    }

    @Test
    void whomTheConfigurationNamesSpeaksForThoseAlone() {
        Partners partners = partners(Map.of(
                "SLUICE_PAYMENTS_ADYEN_SPEAKS_FOR",
                "sandbox,stripe",
                "SLUICE_CARRIERS_EASYPOST_SPEAKS_FOR",
                "sandbox"));

        assertThat(partners.payments().speaksFor())
                .containsEntry("adyen", Set.of("sandbox", "stripe"))
                .containsEntry("standard", Set.of());
        assertThat(partners.carriers().speaksFor())
                .containsEntry("easypost", Set.of("sandbox"))
                .containsEntry("standard", Set.of());
    }

    @Test
    void trackingNumbersAreTakenDownForWhoeverSpeaksForTheCarrierAndForNobodyElse() {
        assertThat(partners(Map.of()).carriers().named()).isEmpty();
        for (String caller : List.of("EASYPOST", "STANDARD")) {
            Map<String, String> speaks = Map.of("SLUICE_CARRIERS_" + caller + "_SPEAKS_FOR", "sandbox");
            assertThat(partners(speaks).carriers().named()).containsExactly("sandbox");
        }
    }

    @Test
    void namesOfPaymentsAreTakenDownForStripeAlone() {
        assertThat(partners(Map.of()).payments().named()).containsExactly("stripe");
    }

    private Partners partners(Map<String, String> environment) {
        return Callers.of(Config.read(Map.of(), environment, Optional.empty(), folder));
    }
}
