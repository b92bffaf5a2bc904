package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AGREEMENT;
import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.DISPATCH;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.NANOS;
import static io.sluice.kernel.Specimen.NOW;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.PLACE;
import static io.sluice.kernel.Specimen.RECIPIENT;
import static io.sluice.kernel.Specimen.STREET;
import static io.sluice.kernel.Specimen.dispatch;
import static io.sluice.kernel.Specimen.law;
import static io.sluice.kernel.Specimen.person;
import static io.sluice.kernel.Specimen.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** While one version follows another, the stricter of both holds. */
final class ChangeoverTest {

    private static final int ROUNDS = 20_000;

    @Test
    @Clause("E2")
    void whatBothGrantIsGrantedAndWhatEitherRefusesIsRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int granted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Policy one = any(random);
            Policy other = any(random);
            Question question = question(
                    random.nextBoolean() ? DISPATCH : PLACE,
                    new FieldSet(random.nextLong() & 0b11111),
                    person(1, random.nextInt(), false),
                    random.nextBoolean() ? RECIPIENT : null);

            Decision before = PrivacyKernel.decide(one, question);
            Decision after = PrivacyKernel.decide(other, question);
            Decision between = PrivacyKernel.decide(Changeover.between(one, other, true), question);

            if (between instanceof Permit permit) {
                granted++;
                assertThat(before).as("seed %d", seed).isInstanceOf(Permit.class);
                assertThat(after).as("seed %d", seed).isInstanceOf(Permit.class);
                assertThat(permit.granted())
                        .as("seed %d", seed)
                        .isEqualTo(((Permit) before).granted().and(((Permit) after).granted()));
            } else {
                boolean isSameReceiver = partner(one, question).equals(partner(other, question));
                assertThat(before instanceof Denial || after instanceof Denial || !isSameReceiver)
                        .as("refused by neither, seed %d", seed)
                        .isTrue();
            }
        }
        assertThat(granted).as("some are granted, seed %d", seed).isGreaterThan(ROUNDS / 100);
    }

    @Test
    @Clause("E2")
    void theLeafNamesBothVersionsTheEarlierOneFirst() {
        Permit permit = (Permit) PrivacyKernel.decide(Changeover.between(named("v1"), named("v2"), true), dispatch());
        assertThat(permit.policyVersion()).isEqualTo("v1+v2");
    }

    @Test
    @Clause("E2")
    void nothingIsGrantedIfItIsNotKnownHowNearTheMomentIs() {
        assertThat(reason(Changeover.between(law(), law(), false), dispatch())).isEqualTo(PrivacyRefusal.LAW_UNCERTAIN);
        Question operational = question(DISPATCH, FieldSet.of(ORDER), null, null);
        assertThat(reason(Changeover.between(law(), law(), false), operational))
                .isEqualTo(PrivacyRefusal.LAW_UNCERTAIN);
    }

    @Test
    void whatTheTwoSendToDifferentReceiversOrOnlyOneKnowsIsRefusedForTheMoment() {
        Contract elsewhere = with(DISPATCH, DISPATCH.request(), Optional.of("other"));
        assertThat(reason(Changeover.between(law(), law(AGREEMENT, elsewhere), true), dispatch()))
                .isEqualTo(PrivacyRefusal.LAW_UNCERTAIN);
        assertThat(reason(Changeover.between(law(), law(AGREEMENT, PLACE), true), dispatch()))
                .isEqualTo(PrivacyRefusal.LAW_UNCERTAIN);
        assertThat(reason(Changeover.between(law(AGREEMENT, PLACE), law(), true), dispatch()))
                .isEqualTo(PrivacyRefusal.LAW_UNCERTAIN);
        assertThat(reason(Changeover.between(law(null, PLACE), law(null, PLACE), true), dispatch()))
                .as("none knows it")
                .isEqualTo(PrivacyRefusal.NO_CONTRACT);
    }

    @Test
    @Clause("C5")
    void aPermitLastsNoLongerThanTheAgreementThatEndsFirst() {
        Agreement ending = new Agreement(
                "carrier",
                AGREEMENT.fields(),
                AGREEMENT.purposes(),
                AGREEMENT.region(),
                AGREEMENT.validFrom(),
                NOW.plusNanos(1));
        for (Policy between : new Policy[] {
            Changeover.between(law(), law(ending, DISPATCH), true),
            Changeover.between(law(ending, DISPATCH), law(), true)
        }) {
            Permit permit = (Permit) PrivacyKernel.decide(between, dispatch());
            assertThat(permit.redeem(NOW, NANOS + 1)).isFalse();
        }
    }

    @Test
    @Clause("C5")
    void anAgreementHoldsBetweenTwoVersionsOnlyWhileItDoesUnderBoth() {
        Instant begins = AGREEMENT.validFrom().plusSeconds(1);
        Instant ends = AGREEMENT.validUntil().minusSeconds(1);
        Agreement shorter =
                new Agreement("carrier", AGREEMENT.fields(), AGREEMENT.purposes(), AGREEMENT.region(), begins, ends);
        for (Policy between : new Policy[] {
            Changeover.between(law(), law(shorter, DISPATCH), true),
            Changeover.between(law(shorter, DISPATCH), law(), true)
        }) {
            assertThat(between.agreements()).containsOnly(Map.entry("carrier", shorter));
        }
    }

    @Test
    void aLeafRidesOnlyIfItDoesUnderBoth() {
        Contract before = new Contract(
                PLACE.address(),
                PLACE.purpose(),
                PLACE.request(),
                PLACE.reply(),
                Contract.Logging.BEFORE,
                PLACE.partner());
        assertThat(logging(law(), law())).isEqualTo(Contract.Logging.RIDES);
        assertThat(logging(law(), law(AGREEMENT, before))).isEqualTo(Contract.Logging.BEFORE);
        assertThat(logging(law(AGREEMENT, before), law())).isEqualTo(Contract.Logging.BEFORE);
    }

    @Test
    void decidingUnderTwoLawsAllocatesNothingEither() {
        Policy between = Changeover.between(law(), law(AGREEMENT, DISPATCH), true);
        Question[] asked = {dispatch(), question(PLACE, FieldSet.of(NAME), BUYER, null)};

        assertThat(ask(between, asked)).isEqualTo(ROUNDS);
        assertThat(AllocatedBytes.perRound(ROUNDS, () -> ask(between, asked)))
                .as("bytes for each round of questions")
                .isZero();
    }

    private static long ask(Policy policy, Question[] questions) {
        long refused = 0;
        for (int i = 0; i < ROUNDS; i++) {
            for (Question question : questions) {
                refused += PrivacyKernel.refusal(policy, question) == null ? 0 : 1;
            }
        }
        return refused;
    }

    private static Policy any(Random random) {
        Map<String, Contract> contracts = new HashMap<>();
        for (Contract contract : new Contract[] {DISPATCH, PLACE}) {
            if (random.nextInt(8) > 0) {
                Wants wants = new Wants(many(random), many(random), many(random));
                Optional<String> partner = contract.partner().map(own -> random.nextInt(8) > 0 ? own : "other");
                contracts.put(contract.address(), with(contract, wants, partner));
            }
        }
        Agreement agreement = new Agreement(
                "carrier",
                FieldSet.of(NAME, STREET).or(many(random)),
                Set.of(Purpose.SHIPMENT),
                "EU",
                NOW.minusSeconds(random.nextInt(8)),
                NOW.plusSeconds(random.nextInt(8)));
        return new Policy("any", NOW, NOW, Specimen.CATALOGUE, contracts, Map.of("carrier", agreement));
    }

    /** Each field more often than not. */
    private static FieldSet many(Random random) {
        long some = random.nextLong();
        return new FieldSet((some | random.nextLong()) & 0b11111);
    }

    private static Contract with(Contract contract, Wants request, Optional<String> partner) {
        return new Contract(
                contract.address(), contract.purpose(), request, contract.reply(), contract.logging(), partner);
    }

    private static Policy named(String version) {
        Policy law = law();
        return new Policy(version, NOW, NOW, law.catalogue(), law.contracts(), law.agreements());
    }

    private static Optional<String> partner(Policy policy, Question question) {
        return policy.contract(question.address()).flatMap(Contract::partner);
    }

    private static Contract.Logging logging(Policy one, Policy other) {
        return Changeover.between(one, other, true)
                .contract(PLACE.address())
                .orElseThrow()
                .logging();
    }

    private static PrivacyRefusal reason(Policy policy, Question question) {
        return ((Denial) PrivacyKernel.decide(policy, question)).reason();
    }
}
