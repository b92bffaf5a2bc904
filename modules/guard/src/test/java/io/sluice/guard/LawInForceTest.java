package io.sluice.guard;

import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.NAME;
import static io.sluice.guard.Shop.STREET;
import static io.sluice.guard.Shop.await;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Changeover;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Use;
import io.sluice.kernel.Wants;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The law may change while messages are on their way. */
final class LawInForceTest {

    private final Shop shop = new Shop();
    private final List<Shop.Label> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Clause("E2")
    void aMessageIsDecidedByTheLawOfItsDecisionThoughAnotherHeldWhenItCame() {
        shop.serveDispatch(delivered::add);
        Policy next = withoutStreet("next");
        shop.uponLookup = () -> shop.law = next;

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));

        assertThat(delivered.getFirst().street()).isNull();
        assertThat(leaf().policyVersion()).isEqualTo("next");
        assertThat(leaf().opened()).isEqualTo(FieldSet.of(NAME));
    }

    @Test
    @Clause("E2")
    void aMessageIsNotDecidedByALawThatComesAfterItsDecision() {
        shop.serveDispatch(delivered::add);
        Policy next = withoutStreet("next");
        shop.uponLeaf = () -> shop.law = next;

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));

        assertThat(delivered.getFirst().street()).isNotNull();
        assertThat(leaf().policyVersion()).isEqualTo("test");
        assertThat(leaf().opened()).isEqualTo(FieldSet.of(NAME, STREET));
    }

    @Test
    @Clause("E2")
    void betweenTwoVersionsTheStricterHoldsAndTheLeafNamesBoth() {
        shop.serveDispatch(delivered::add);
        shop.law = Changeover.between(shop.law, withoutStreet("next"), true);

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));

        assertThat(delivered.getFirst().street()).isNull();
        assertThat(leaf().policyVersion()).isEqualTo("test+next");
        assertThat(leaf().opened()).isEqualTo(FieldSet.of(NAME));
        assertThat(shop.counted("sluice.guard.decisions.under-two-laws")).isPositive();
    }

    @Test
    @Clause("E2")
    void ifItCannotBeToldWhichVersionIsInForceNothingIsDeliveredAndALeafSaysSo() {
        shop.serveDispatch(delivered::add);
        shop.law = Changeover.between(shop.law, shop.law, false);

        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.LAW_UNCERTAIN));

        assertThat(delivered).isEmpty();
        assertThat(leaf().decision()).isEqualTo(PrivacyRefusal.LAW_UNCERTAIN.code());
        assertThat(leaf().policyVersion()).isEqualTo("test+test");
    }

    @Test
    @Clause("E2")
    void anAddressThatOnlyAVersionToComeAllowsIsServedAndRefusedUntilThen() {
        Policy toCome = shop.law;
        shop.law = withoutDispatch();
        assertThatThrownBy(() -> shop.serveDispatch(delivered::add))
                .as("as long as nothing is announced")
                .hasMessageContaining("carrier.dispatch: has no contract in the law");

        shop.announced = List.of(toCome);
        shop.serveDispatch(delivered::add);
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.refused(PrivacyRefusal.NO_CONTRACT));
        assertThat(delivered).isEmpty();

        shop.law = toCome;
        assertThat(await(shop.bus().ask(DISPATCH, gift()))).isEqualTo(Outcome.done(42L));
        assertThat(delivered).hasSize(1);
    }

    private Use leaf() {
        assertThat(shop.leaves).hasSize(1);
        return shop.leaves.getFirst();
    }

    private Policy withoutStreet(String version) {
        Map<String, Contract> contracts = new HashMap<>(shop.law.contracts());
        contracts.computeIfPresent(
                DISPATCH.name(),
                (address, contract) -> new Contract(
                        address,
                        contract.purpose(),
                        new Wants(contract.request().reads(), FieldSet.of(NAME), FieldSet.NONE),
                        contract.reply(),
                        contract.logging(),
                        contract.partner()));
        return with(version, contracts);
    }

    private Policy withoutDispatch() {
        Map<String, Contract> contracts = new HashMap<>(shop.law.contracts());
        contracts.keySet().remove(DISPATCH.name());
        return with("before", contracts);
    }

    private Policy with(String version, Map<String, Contract> contracts) {
        Policy law = shop.law;
        return new Policy(version, law.announcedAt(), law.effectiveAt(), law.catalogue(), contracts, law.agreements());
    }
}
