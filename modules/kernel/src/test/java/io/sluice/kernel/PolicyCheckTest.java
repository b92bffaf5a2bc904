package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AGREEMENT;
import static io.sluice.kernel.Specimen.AMOUNT;
import static io.sluice.kernel.Specimen.DISPATCH;
import static io.sluice.kernel.Specimen.EMAIL;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.NOW;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.PLACE;
import static io.sluice.kernel.Specimen.STREET;
import static io.sluice.kernel.Specimen.law;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyCheckTest {

    private static final List<Declared> CODE = List.of(declared(DISPATCH), declared(PLACE));

    @Test
    void findsNothingWhenLawAndCodeAgree() {
        assertThat(PolicyCheck.findings(law(), CODE, NOW)).isEmpty();
    }

    @Test
    @Clause("C1")
    void namesAHandlerWithoutAContractAndAContractWithoutAHandler() {
        assertThat(PolicyCheck.findings(law(AGREEMENT, PLACE), CODE, NOW))
                .containsExactly("carrier.dispatch: has no contract in the law");
        assertThat(PolicyCheck.findings(law(), List.of(declared(PLACE)), NOW))
                .containsExactly("carrier.dispatch: the law has a contract for it, the code has no such address");
    }

    @Test
    @Clause("C1")
    void namesTheFieldsThatAHandlerWantsBeyondItsContract() {
        Declared greedy = new Declared(
                "order.place",
                PLACE.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.of(EMAIL), FieldSet.NONE),
                new Wants(FieldSet.of(AMOUNT), FieldSet.NONE, FieldSet.NONE),
                Declared.Effect.ONE_TRANSACTION);
        assertThat(PolicyCheck.findings(law(), List.of(declared(DISPATCH), greedy), NOW))
                .containsExactly(
                        "order.place: opens [contact.email], which its contract does not allow",
                        "order.place: reads in its answer [order.amount], which its contract does not allow");
    }

    @Test
    @Clause("A3")
    void namesAHandlerThatWorksForAnotherPurpose() {
        Declared other = new Declared(
                "order.place",
                Purpose.SERVICE_IMPROVEMENT,
                PLACE.request(),
                PLACE.reply(),
                Declared.Effect.ONE_TRANSACTION);
        assertThat(PolicyCheck.findings(law(), List.of(declared(DISPATCH), other), NOW))
                .containsExactly(
                        "order.place: works for service_improvement, its contract is for transaction_verification");
    }

    @Test
    @Clause("C1")
    void objectsToServingAHandlerThatWantsMoreThanItsContractAndToNoOther() {
        Declared greedy = new Declared(
                "order.place",
                PLACE.purpose(),
                new Wants(FieldSet.NONE, FieldSet.NONE, FieldSet.of(STREET)),
                Wants.NOTHING,
                Declared.Effect.ONE_TRANSACTION);
        assertThat(PolicyCheck.objections(law(), greedy))
                .containsExactly("order.place: carries [delivery.line1], which its contract does not allow");
        assertThat(PolicyCheck.objections(law(), declared(PLACE))).isEmpty();
    }

    @Test
    void namesAnAddressThatIsDeclaredTwice() {
        assertThat(PolicyCheck.findings(law(), List.of(declared(DISPATCH), declared(PLACE), declared(PLACE)), NOW))
                .containsExactly("order.place: declared 2 times in the code");
    }

    @Test
    void namesPersonalFieldsInClearAndOperationalOnesUnderSeal() {
        Contract clear = new Contract(
                "order.place",
                PLACE.purpose(),
                new Wants(FieldSet.of(NAME), FieldSet.of(AMOUNT), FieldSet.NONE),
                Wants.NOTHING,
                Contract.Logging.BEFORE,
                Optional.empty());
        Declared modest =
                new Declared("order.place", PLACE.purpose(), Wants.NOTHING, Wants.NOTHING, Declared.Effect.INSIDE);
        assertThat(PolicyCheck.findings(law(AGREEMENT, DISPATCH, clear), List.of(declared(DISPATCH), modest), NOW))
                .containsExactly(
                        "order.place: reads [delivery.name] in clear; personal fields are opened or carried",
                        "order.place: opens or carries [order.amount], which are operational fields and only read");
    }

    @Test
    @Clause("C5")
    void namesAPartnerWhoseAgreementIsMissingEndedOrNarrower() {
        assertThat(PolicyCheck.findings(law(null, DISPATCH, PLACE), CODE, NOW))
                .containsExactly("carrier.dispatch: partner carrier has no agreement");
        Agreement poor = new Agreement(
                "carrier",
                FieldSet.of(NAME),
                java.util.Set.of(Purpose.FRAUD_PREVENTION),
                "EU",
                NOW.minusSeconds(2),
                NOW);
        assertThat(PolicyCheck.findings(law(poor, DISPATCH, PLACE), CODE, NOW))
                .containsExactly(
                        "carrier.dispatch: the agreement with carrier is not valid now",
                        "carrier.dispatch: the agreement with carrier does not cover purpose shipment",
                        "carrier.dispatch: gives [delivery.line1] to carrier, which the agreement does not name");
    }

    @Test
    @Clause("C5")
    void namesAHandlerThatGoesOutsideWithoutAPartnerAndAPartnerWhereNothingGoesOutside() {
        assertThat(PolicyCheck.findings(
                        law(), List.of(as(Declared.Effect.INSIDE, DISPATCH), as(Declared.Effect.OUTSIDE, PLACE)), NOW))
                .containsExactly(
                        "carrier.dispatch: stays inside, and its contract names partner carrier",
                        "order.place: goes outside, and its contract names no partner",
                        "order.place: its leaf rides by contract, and the code commits none");
    }

    @Test
    @Clause("C2")
    void namesAHandlerWhoseLeafRidesAndThatCommitsNone() {
        assertThat(PolicyCheck.findings(law(), List.of(declared(DISPATCH), as(Declared.Effect.INSIDE, PLACE)), NOW))
                .containsExactly("order.place: its leaf rides by contract, and the code commits none");
    }

    private static Declared declared(Contract contract) {
        return as(contract.partner().isPresent() ? Declared.Effect.OUTSIDE : Declared.Effect.ONE_TRANSACTION, contract);
    }

    private static Declared as(Declared.Effect effect, Contract contract) {
        return new Declared(contract.address(), contract.purpose(), contract.request(), contract.reply(), effect);
    }

    @Test
    @Clause("E2")
    void theCodeMayBeAheadOfTheLawIfALaterVersionGrantsWhatItAsksFor() {
        Policy withoutPlace = law(AGREEMENT, DISPATCH);
        Contract modest = new Contract(
                DISPATCH.address(),
                DISPATCH.purpose(),
                new Wants(FieldSet.of(ORDER), FieldSet.of(NAME), FieldSet.NONE),
                DISPATCH.reply(),
                DISPATCH.logging(),
                DISPATCH.partner());

        assertThat(PolicyCheck.findings(withoutPlace, List.of(law()), CODE, NOW))
                .isEmpty();
        assertThat(PolicyCheck.findings(law(AGREEMENT, modest, PLACE), List.of(law()), CODE, NOW))
                .isEmpty();
        assertThat(PolicyCheck.findings(withoutPlace, List.of(withoutPlace), CODE, NOW))
                .as("no later version knows it either")
                .isNotEmpty();
    }

    @Test
    @Clause("E2")
    void theCodeMayHaveGivenAnAddressUpIfALaterVersionHasToo() {
        List<Declared> less = List.of(declared(DISPATCH));

        assertThat(PolicyCheck.findings(law(), List.of(law(AGREEMENT, DISPATCH)), less, NOW))
                .isEmpty();
        assertThat(PolicyCheck.findings(law(), List.of(law()), less, NOW)).isNotEmpty();
    }
}
