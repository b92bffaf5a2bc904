package io.sluice.stewardship.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.guard.Outcome;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.TestLaw;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.PurposeWish;
import io.sluice.stewardship.policy.Law;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said while one version of the law follows another. */
class WishesTest {

    private static final Law LAW = TestLaw.whole();
    private static final Outcome<List<ConsentRecord>> NOT_IN_FORCE =
            Outcome.refused(AccountRefusal.POLICY_NOT_IN_FORCE, "/policy_version");

    @Test
    @Clause("E2")
    void whoeverSaysNoIsHeardWhateverVersionTheyHadBeforeThem() {
        assertThat(Wishes.ofChange(LAW, "superseded", List.of(new PurposeWish("shipment", false))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    @Clause("E2")
    void yesIsSaidToTheVersionInForceAlone() {
        List<PurposeWish> yes = List.of(new PurposeWish("customer_assistance", true));
        assertThat(Wishes.ofChange(LAW, "superseded", yes)).isEqualTo(NOT_IN_FORCE);
        assertThat(Wishes.ofChange(LAW, LAW.version(), yes)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    @Clause("A2")
    void nobodyJoinsUnderAnotherVersionNotEvenWithoutSayingYes() {
        assertThat(Wishes.ofNewcomer(LAW, "superseded", List.of())).isEqualTo(NOT_IN_FORCE);
    }
}
