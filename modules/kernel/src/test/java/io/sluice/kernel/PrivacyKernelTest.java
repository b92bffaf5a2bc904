package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AGREEMENT;
import static io.sluice.kernel.Specimen.AMOUNT;
import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.DISPATCH;
import static io.sluice.kernel.Specimen.EMAIL;
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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PrivacyKernelTest {

    private static final int ROUNDS = 20_000;
    private static final int ALL_BUT_SHIPMENT = ~Purpose.SHIPMENT.mask();

    @Test
    @Clause("C1")
    void grantsWhatIsWantedSentAndAllowed() {
        assertThat(granted(PrivacyKernel.decide(law(), dispatch())))
                .isEqualTo(new Wants(FieldSet.of(ORDER), FieldSet.of(NAME, STREET), FieldSet.NONE));
    }

    @Test
    @Clause("C1")
    void doesNotGrantAFieldThatIsSentBeyondTheContract() {
        Question surplus = question(DISPATCH, FieldSet.of(ORDER, AMOUNT, NAME, STREET, EMAIL), BUYER, null);
        assertThat(granted(PrivacyKernel.decide(law(), surplus)).all()).isEqualTo(FieldSet.of(ORDER, NAME, STREET));
    }

    @Test
    @Clause("C1")
    void doesNotGrantAFieldThatTheCodeWantsBeyondTheContract() {
        Question greedy = withWanted(
                dispatch(), new Wants(FieldSet.of(ORDER, AMOUNT), FieldSet.of(NAME, EMAIL), FieldSet.of(STREET)));
        assertThat(granted(PrivacyKernel.decide(law(), greedy)))
                .isEqualTo(new Wants(FieldSet.of(ORDER), FieldSet.of(NAME), FieldSet.NONE));
    }

    @Test
    @Clause("C1")
    void whateverIsSentAndWantedTheGrantNeverGoesBeyondTheContract() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Contract contract = random.nextBoolean() ? DISPATCH : PLACE;
            Wants wanted = new Wants(any(random), any(random), any(random));
            Question question = withWanted(question(contract, any(random), BUYER, RECIPIENT), wanted);
            Wants granted = granted(PrivacyKernel.decide(law(), question));
            assertThat(contract.request().covers(granted)).as("seed %d", seed).isTrue();
            assertThat(wanted.covers(granted)).as("seed %d", seed).isTrue();
            assertThat(question.present().containsAll(granted.all()))
                    .as("seed %d", seed)
                    .isTrue();
        }
    }

    @Test
    @Clause("C1")
    void whoeverTakesAConsentOrPartOfAnAgreementAwayNeverGrantsMore() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Contract contract = random.nextBoolean() ? DISPATCH : PLACE;
            FieldSet present = any(random);
            int buyer = random.nextInt();
            int recipient = random.nextInt();
            boolean isGift = random.nextBoolean();
            Question asked =
                    question(contract, present, person(1, buyer, false), isGift ? person(2, recipient, false) : null);
            Question withdrawn = question(
                    contract,
                    present,
                    person(1, buyer & random.nextInt(), random.nextInt(8) == 0),
                    isGift ? person(2, recipient & random.nextInt(), random.nextInt(8) == 0) : null);
            Agreement narrower = new Agreement(
                    "carrier",
                    AGREEMENT.fields().and(any(random)),
                    random.nextInt(8) == 0 ? Set.of() : AGREEMENT.purposes(),
                    AGREEMENT.region(),
                    AGREEMENT.validFrom(),
                    AGREEMENT.validUntil());

            FieldSet before = all(PrivacyKernel.decide(law(), asked));
            FieldSet after = all(PrivacyKernel.decide(law(narrower, DISPATCH, PLACE), withdrawn));

            assertThat(after).as("all or nothing, seed %d", seed).isIn(before, FieldSet.NONE);
        }
    }

    @Test
    @Clause("C1")
    void anotherAddressesContractAndAnotherPurposesConsentChangeNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            FieldSet present = any(random);
            int permitted = random.nextInt();
            Contract place = new Contract(
                    PLACE.address(),
                    Purpose.values()[random.nextInt(Purpose.values().length)],
                    new Wants(any(random), any(random), any(random)),
                    PLACE.reply(),
                    PLACE.logging(),
                    PLACE.partner());
            int others = random.nextInt() & ~DISPATCH.purpose().mask();

            Decision before =
                    PrivacyKernel.decide(law(), question(DISPATCH, present, person(1, permitted, false), null));
            Decision after = PrivacyKernel.decide(
                    law(AGREEMENT, DISPATCH, place),
                    question(DISPATCH, present, person(1, permitted ^ others, false), null));

            assertThat(all(after)).as("seed %d", seed).isEqualTo(all(before));
        }
    }

    private static FieldSet all(Decision decision) {
        return decision instanceof Permit permit ? permit.granted().all() : FieldSet.NONE;
    }

    @Test
    @Clause("C1")
    void deniesWhatTheLawHasNoContractFor() {
        assertThat(reason(law(null, PLACE), dispatch())).isEqualTo(PrivacyRefusal.NO_CONTRACT);
    }

    @Test
    @Clause({"C1", "A3"})
    void deniesAnotherPurposeThanTheContracts() {
        for (Purpose purpose : Purpose.values()) {
            if (purpose != DISPATCH.purpose()) {
                assertThat(reason(law(), withPurpose(dispatch(), purpose))).isEqualTo(PrivacyRefusal.PURPOSE_MISMATCH);
            }
        }
    }

    @Test
    @Clause("C1")
    void deniesWhenThePersonDoesNotPermitThePurpose() {
        Question question = question(DISPATCH, FieldSet.of(NAME), person(1, ALL_BUT_SHIPMENT, false), null);
        assertThat(reason(law(), question)).isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
    }

    @Test
    void asksTheRecipientAboutTheRecipientsFieldsAndTheBuyerAboutTheBuyers() {
        SubjectSnapshot unwilling = person(3, ~Purpose.TRANSACTION_VERIFICATION.mask(), false);
        assertThat(reason(law(), question(PLACE, FieldSet.of(NAME), BUYER, unwilling)))
                .isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        assertThat(reason(law(), question(PLACE, FieldSet.of(EMAIL), unwilling, RECIPIENT)))
                .isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        assertThat(PrivacyKernel.decide(law(), question(PLACE, FieldSet.of(EMAIL), BUYER, unwilling)))
                .as("the recipient has no say about the buyer's fields")
                .isInstanceOf(Permit.class);
    }

    @Test
    void deniesWhenThePersonIsUnknownErasedOrKnownFromTooLongAgo() {
        assertThat(reason(law(), question(DISPATCH, FieldSet.of(NAME), null, null)))
                .isEqualTo(PrivacyRefusal.SUBJECT_UNKNOWN);
        assertThat(reason(law(), question(DISPATCH, FieldSet.of(NAME), person(1, -1, true), null)))
                .isEqualTo(PrivacyRefusal.SUBJECT_ERASED);
        Question later = withNanos(dispatch(), BUYER.lease().untilNanos());
        assertThat(reason(law(), later)).isEqualTo(PrivacyRefusal.SNAPSHOT_STALE);
    }

    @Test
    void deniesARecipientWhomNobodyKnowsThoughTheBuyerIsKnown() {
        Question named = dispatch();
        Question unknown = new Question(
                named.address(),
                false,
                named.purpose(),
                named.wanted(),
                named.present(),
                BUYER,
                null,
                true,
                named.record(),
                named.deadline(),
                NOW,
                NANOS);
        assertThat(reason(law(), unknown)).isEqualTo(PrivacyRefusal.SUBJECT_UNKNOWN);
    }

    @Test
    @Clause("D5")
    void deniesWhatIsKnownOfAPersonSinceBeforeTheMachineSlept() {
        Question asleep = withNow(dispatch(), Instant.ofEpochMilli(BUYER.lease().untilMillis()));
        assertThat(reason(law(), asleep)).isEqualTo(PrivacyRefusal.SNAPSHOT_STALE);
        Question awake = withNow(dispatch(), Instant.ofEpochMilli(BUYER.lease().untilMillis() - 1));
        assertThat(PrivacyKernel.decide(law(), awake)).isInstanceOf(Permit.class);
    }

    @Test
    @Clause("E3")
    void aConsentCoversNoVersionThatItWasNotGivenToOrThatHasWidenedSince() {
        Policy law = law().consentedTo(Map.of(Purpose.SHIPMENT, Set.of("v2", "v3")));
        for (String covering : List.of("v2", "v3")) {
            assertThat(PrivacyKernel.decide(law, askedOf(covering))).isInstanceOf(Permit.class);
        }
        for (String other : List.of("v1", "nobody has heard of it")) {
            assertThat(reason(law, askedOf(other))).isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        }
        assertThat(reason(law, dispatch())).as("who never said yes").isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        assertThat(PrivacyKernel.decide(law().consentedTo(Map.of(Purpose.REFUND_MANAGEMENT, Set.of())), dispatch()))
                .as("another purpose's consent does not matter")
                .isInstanceOf(Permit.class);
    }

    @Test
    @Clause("E3")
    void betweenTwoVersionsAConsentMustCoverBoth() {
        Policy before = law().consentedTo(Map.of(Purpose.SHIPMENT, Set.of("v1")));
        Policy after = law().consentedTo(Map.of(Purpose.SHIPMENT, Set.of("v1", "v2")));
        Policy wider = law().consentedTo(Map.of(Purpose.SHIPMENT, Set.of("v2")));
        assertThat(PrivacyKernel.decide(Changeover.between(before, after, true), askedOf("v1")))
                .isInstanceOf(Permit.class);
        assertThat(reason(Changeover.between(before, wider, true), askedOf("v1")))
                .isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        assertThat(reason(Changeover.between(before, wider, true), askedOf("v2")))
                .isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
    }

    private static Question askedOf(String saidTo) {
        SubjectSnapshot person = new SubjectSnapshot(
                BUYER.subject(),
                BUYER.version(),
                BUYER.permitted(),
                Map.of(Purpose.SHIPMENT, saidTo),
                false,
                0,
                0,
                "EU",
                BUYER.lease());
        return question(DISPATCH, FieldSet.of(ORDER, NAME, STREET), person, null);
    }

    @Test
    void needsNobodysLeaveForOperationalFieldsAlone() {
        Question operational = question(DISPATCH, FieldSet.of(ORDER), null, null);
        assertThat(PrivacyKernel.decide(law(), operational)).isInstanceOf(Permit.class);
    }

    @Test
    void deniesAMessageAfterItsDeadline() {
        assertThat(reason(law(), withNow(dispatch(), NOW.plusSeconds(6)))).isEqualTo(PrivacyRefusal.TOO_LATE);
    }

    @Test
    @Clause("C5")
    void deniesAPartnerWithoutAnAgreementThatIsValidNow() {
        assertThat(reason(law(null, DISPATCH), dispatch())).isEqualTo(PrivacyRefusal.AGREEMENT_NOT_VALID);
        Agreement ended = new Agreement(
                "carrier",
                FieldSet.of(NAME, STREET),
                java.util.Set.of(Purpose.SHIPMENT),
                "EU",
                NOW.minusSeconds(9),
                NOW);
        assertThat(reason(law(ended, DISPATCH), dispatch())).isEqualTo(PrivacyRefusal.AGREEMENT_NOT_VALID);
        Agreement narrow = new Agreement(
                "carrier", FieldSet.of(NAME), java.util.Set.of(Purpose.SHIPMENT), "EU", NOW, NOW.plusSeconds(9));
        assertThat(reason(law(narrow, DISPATCH), dispatch())).isEqualTo(PrivacyRefusal.AGREEMENT_NOT_VALID);
    }

    @Test
    @Clause("C5")
    void aDisclosureIsPermittedNoLongerThanItsAgreementLasts() {
        Duration left = Duration.ofMillis(300);
        Policy law = law(
                new Agreement(
                        "carrier", FieldSet.of(NAME, STREET), Set.of(Purpose.SHIPMENT), "EU", NOW, NOW.plus(left)),
                DISPATCH);
        Permit permit = (Permit) PrivacyKernel.decide(law, dispatch());
        assertThat(permit.isGoodAt(NOW, NANOS + left.toNanos() - 1)).isTrue();
        assertThat(permit.isGoodAt(NOW, NANOS + left.toNanos())).isFalse();
    }

    private static FieldSet any(Random random) {
        return new FieldSet(random.nextLong() & 0b11111);
    }

    @Test
    void whyNotIsSaidWithoutAllocation() {
        Policy law = law();
        Question[] asked = {
            dispatch(),
            question(DISPATCH, FieldSet.of(ORDER, NAME, STREET), person(1, ALL_BUT_SHIPMENT, false), null),
            question(PLACE, FieldSet.of(ORDER, AMOUNT, EMAIL), BUYER, null)
        };
        assertThat(bytesFor(asked, question -> PrivacyKernel.refusal(law, question)))
                .isZero();
        Policy asking = law.consentedTo(Map.of(Purpose.SHIPMENT, Set.of("v1")));
        assertThat(bytesFor(
                        new Question[] {askedOf("v1"), askedOf("v2")},
                        question -> PrivacyKernel.refusal(asking, question)))
                .isZero();
        assertThat(PrivacyKernel.refusal(law, asked[0])).isNull();
        assertThat(PrivacyKernel.refusal(law, asked[1])).isEqualTo(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        assertThat(PrivacyKernel.refusal(law(AGREEMENT), asked[0])).isEqualTo(PrivacyRefusal.NO_CONTRACT);
    }

    @Test
    void aRefusalAllocatesNothingAndAPermitItself() {
        Policy law = law();
        Question[] refused = {question(DISPATCH, FieldSet.of(NAME), person(1, ALL_BUT_SHIPMENT, false), null)};
        Question[] granted = {dispatch()};
        assertThat(bytesFor(refused, question -> PrivacyKernel.decide(law, question)))
                .isZero();
        assertThat(bytesFor(granted, question -> PrivacyKernel.decide(law, question)))
                .isPositive();
    }

    /** What one round of questions allocates. */
    private static long bytesFor(Question[] questions, Function<Question, @Nullable Object> answer) {
        Object[] last = new Object[questions.length];
        return AllocatedBytes.perRound(ROUNDS, () -> ask(questions, answer, last));
    }

    // what is kept has escaped: the compiler cannot do away with it
    private static void ask(
            Question[] questions, Function<Question, @Nullable Object> answer, @Nullable Object[] last) {
        for (int i = 0; i < ROUNDS; i++) {
            for (int k = 0; k < questions.length; k++) {
                last[k] = answer.apply(questions[k]);
            }
        }
    }

    private static Wants granted(Decision decision) {
        return ((Permit) decision).granted();
    }

    private static PrivacyRefusal reason(Policy policy, Question question) {
        return ((Denial) PrivacyKernel.decide(policy, question)).reason();
    }

    private static Question withWanted(Question q, Wants wanted) {
        return copy(q, q.purpose(), wanted, q.now(), q.nowNanos());
    }

    private static Question withPurpose(Question q, Purpose purpose) {
        return copy(q, purpose, q.wanted(), q.now(), q.nowNanos());
    }

    private static Question withNow(Question q, Instant now) {
        return copy(q, q.purpose(), q.wanted(), now, q.nowNanos());
    }

    private static Question withNanos(Question q, long nanos) {
        return copy(q, q.purpose(), q.wanted(), q.now(), nanos);
    }

    private static Question copy(Question q, Purpose purpose, Wants wanted, Instant now, long nanos) {
        return new Question(
                q.address(),
                q.isReply(),
                purpose,
                wanted,
                q.present(),
                q.buyer(),
                q.addressee(),
                q.namesAddressee(),
                q.record(),
                q.deadline(),
                now,
                nanos);
    }
}
