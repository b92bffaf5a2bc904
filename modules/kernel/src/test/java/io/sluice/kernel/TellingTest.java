package io.sluice.kernel;

import static io.sluice.kernel.Specimen.AGREEMENT;
import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.DISPATCH;
import static io.sluice.kernel.Specimen.NAME;
import static io.sluice.kernel.Specimen.NOW;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.RECIPIENT;
import static io.sluice.kernel.Specimen.law;
import static io.sluice.kernel.Specimen.person;
import static io.sluice.kernel.Specimen.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes to a partner and tells of somebody by going there, whatever fields it holds. */
final class TellingTest {

    private static final Contract TELLING = as(Contract.Logging.ALWAYS);
    private static final Contract SILENT = as(Contract.Logging.BEFORE);

    @Test
    @Clause("C1")
    void whoeverIsToldOfMustPermitItThoughNoFieldOfTheirsIsInPlay() {
        Question asked = question(TELLING, FieldSet.of(ORDER), person(1, 0, false), null);

        assertThat(PrivacyKernel.decide(law(AGREEMENT, TELLING), asked))
                .isEqualTo(Denial.of(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
        assertThat(PrivacyKernel.decide(
                        law(AGREEMENT, TELLING), question(TELLING, FieldSet.of(ORDER), person(1, -1, true), null)))
                .isEqualTo(Denial.of(PrivacyRefusal.SUBJECT_ERASED));
        assertThat(PrivacyKernel.decide(law(AGREEMENT, TELLING), question(TELLING, FieldSet.of(ORDER), null, null)))
                .as("nobody is named")
                .isEqualTo(Denial.of(PrivacyRefusal.SUBJECT_UNKNOWN));
    }

    @Test
    @Clause("C1")
    void whereNobodyIsToldOfNobodyIsAsked() {
        Question asked = question(SILENT, FieldSet.of(ORDER), person(1, 0, false), null);

        assertThat(PrivacyKernel.decide(law(AGREEMENT, SILENT), asked)).isInstanceOf(Permit.class);
    }

    @Test
    void whoPermitsItIsToldOfAndTheAnswerTellsOfNobody() {
        assertThat(PrivacyKernel.decide(law(AGREEMENT, TELLING), question(TELLING, FieldSet.of(ORDER), BUYER, null)))
                .isInstanceOf(Permit.class);
        assertThat(TELLING.tells(false)).isTrue();
        assertThat(TELLING.tells(true)).isFalse();
        assertThat(SILENT.tells(false)).isFalse();
    }

    @Test
    void theOneWhoActsIsToldOfAlsoWhereOnlyTheRecipientsFieldsAreInPlay() {
        Question asked = question(TELLING, FieldSet.of(ORDER, NAME), person(1, 0, false), RECIPIENT);

        assertThat(PrivacyKernel.decide(law(AGREEMENT, TELLING), asked))
                .isEqualTo(Denial.of(PrivacyRefusal.PURPOSE_NOT_PERMITTED));
    }

    @Test
    @Clause("C5")
    void withoutAnAgreementNobodyIsToldOf() {
        assertThat(PrivacyKernel.decide(law(null, TELLING), question(TELLING, FieldSet.of(ORDER), BUYER, null)))
                .isEqualTo(Denial.of(PrivacyRefusal.AGREEMENT_NOT_VALID));
    }

    @Test
    void onlyWhatGoesToAPartnerTellsOfSomebody() {
        assertThatThrownBy(() -> new Contract(
                        "order.find",
                        Purpose.SHIPMENT,
                        Wants.NOTHING,
                        Wants.NOTHING,
                        Contract.Logging.ALWAYS,
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order.find");
    }

    @Test
    void codeAndLawMustAgreeThatSomebodyIsToldOf() {
        assertThat(findings(Declared.Effect.TELLING, TELLING)).isEmpty();
        assertThat(findings(Declared.Effect.OUTSIDE, SILENT)).isEmpty();
        assertThat(findings(Declared.Effect.TELLING, SILENT))
                .containsExactly("carrier.dispatch: tells of persons, and its contract does not always log it");
        assertThat(findings(Declared.Effect.OUTSIDE, TELLING))
                .containsExactly(
                        "carrier.dispatch: is always logged by contract, and the code does not tell of persons");
    }

    @Test
    void betweenTwoVersionsTheOneThatTellsCounts() {
        Policy telling = law(AGREEMENT, TELLING);
        Policy silent = law(AGREEMENT, SILENT);

        assertThat(logging(telling, silent)).isEqualTo(Contract.Logging.ALWAYS);
        assertThat(logging(silent, telling)).isEqualTo(Contract.Logging.ALWAYS);
        assertThat(logging(silent, silent)).isEqualTo(Contract.Logging.BEFORE);
    }

    private static Contract.Logging logging(Policy earlier, Policy later) {
        return Changeover.between(earlier, later, true)
                .contract(DISPATCH.address())
                .orElseThrow()
                .logging();
    }

    private static List<String> findings(Declared.Effect effect, Contract contract) {
        Declared code =
                new Declared(contract.address(), contract.purpose(), Wants.NOTHING, Wants.NOTHING, effect, Set.of());
        return PolicyCheck.findings(law(AGREEMENT, contract), List.of(code), NOW);
    }

    private static Contract as(Contract.Logging logging) {
        return new Contract(
                DISPATCH.address(),
                DISPATCH.purpose(),
                DISPATCH.request(),
                DISPATCH.reply(),
                logging,
                DISPATCH.partner());
    }
}
