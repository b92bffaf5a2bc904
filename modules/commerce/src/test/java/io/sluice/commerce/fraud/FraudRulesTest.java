package io.sluice.commerce.fraud;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.commerce.fraud.FraudRules.Evidence;
import io.sluice.commerce.money.Money;
import io.sluice.kernel.Clause;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the merchant's rules take for a sign of fraud, and what they do not. */
final class FraudRulesTest {

    private static final FraudRules RULES = new FraudRules(Duration.ofHours(1), 3, 2, Map.of("EUR", 50_000L));

    @Test
    void whoOrdersOrIsDeclinedMoreOftenThanPeopleAreIsLookedAt() {
        assertThat(RULES.suspicion(new Evidence(4, 0, false))).contains(Suspicion.MANY_ORDERS);
        assertThat(RULES.suspicion(new Evidence(3, 3, false))).contains(Suspicion.MANY_DECLINED);
        assertThat(RULES.suspicion(new Evidence(1, 0, true))).contains(Suspicion.ABROAD);
    }

    @Test
    void whoDoesSoAsOftenAsPeopleDoIsNot() {
        assertThat(RULES.suspicion(new Evidence(3, 2, false))).isEmpty();
        FraudRules uncounted = new FraudRules(Duration.ofHours(1), 0, 0, Map.of("EUR", 1L));
        assertThat(uncounted.suspicion(new Evidence(1_000, 1_000, false))).isEmpty();
    }

    @Test
    @Clause("C7")
    void theCountryOfAnOrderIsLookedAtOnlyWhereItsSumAsksForThat() {
        assertThat(RULES.looksAtCountry(new Money(50_000, "EUR"))).isTrue();
        assertThat(RULES.looksAtCountry(new Money(49_999, "EUR"))).isFalse();
        assertThat(RULES.looksAtCountry(new Money(90_000, "JPY")))
                .as("no sum is named")
                .isFalse();
    }

    @Test
    void withoutARuleNobodyIsLookedAt() {
        assertThat(new FraudRules(Duration.ofHours(1), 0, 0, Map.of()).isIdle()).isTrue();
        assertThat(RULES.isIdle()).isFalse();
        assertThat(new FraudRules(Duration.ofHours(1), 0, 1, Map.of()).isIdle()).isFalse();
    }
}
