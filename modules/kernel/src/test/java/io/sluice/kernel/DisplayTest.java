package io.sluice.kernel;

import static io.sluice.kernel.Specimen.BUYER;
import static io.sluice.kernel.Specimen.EMAIL;
import static io.sluice.kernel.Specimen.NOW;
import static io.sluice.kernel.Specimen.ORDER;
import static io.sluice.kernel.Specimen.law;
import static io.sluice.kernel.Specimen.question;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An answer is a display if both code and law say so, and between two versions of the law if either does. */
@Clause("B7")
final class DisplayTest {

    private static final Contract SHOWN = contract(Role.SUPPORT, Role.PRIVACY_OFFICER);
    private static final Contract GIVEN = new Contract(
            SHOWN.address(), SHOWN.purpose(), SHOWN.request(), SHOWN.reply(), SHOWN.logging(), SHOWN.partner());

    @Test
    void codeAndLawAgreeOnADisplay() {
        assertThat(findings(SHOWN, Role.SUPPORT, Role.PRIVACY_OFFICER)).isEmpty();
        assertThat(findings(SHOWN, Role.SUPPORT))
                .as("the law may name more than look at it")
                .isEmpty();
        assertThat(findings(GIVEN)).isEmpty();
    }

    @Test
    void aDisplayWhoseContractGivesTheAnswerInFullIsFound() {
        assertThat(findings(GIVEN, Role.SUPPORT))
                .containsExactly("order.persons: is a display, and its contract gives the answer in full");
    }

    @Test
    void codeThatTakesForWholeWhatTheLawMasksIsFound() {
        assertThat(findings(SHOWN))
                .containsExactly("order.persons: takes its answer in full, and its contract shows it masked");
    }

    @Test
    void aRoleThatTheLawDoesNotNameIsFound() {
        assertThat(findings(SHOWN, Role.SUPPORT, Role.OPERATOR, Role.AUDITOR))
                .containsExactly("order.persons: is shown to [auditor, operator], which its contract does not allow");
    }

    @Test
    void noVersionToComeExcusesARoleOrAnAnswerInFull() {
        Declared ahead = declared(Role.SUPPORT, Role.OPERATOR);
        Policy later = law(null, contract(Role.SUPPORT, Role.OPERATOR));

        assertThat(PolicyCheck.findings(law(null, SHOWN), List.of(later), List.of(ahead), NOW))
                .hasSize(1);
        assertThat(PolicyCheck.findings(law(null, GIVEN), List.of(later), List.of(ahead), NOW))
                .hasSize(1);
        assertThat(PolicyCheck.findings(law(null), List.of(later), List.of(ahead), NOW))
                .as("an address that only comes with it is refused until then")
                .isEmpty();
    }

    @Test
    @Clause("E2")
    void betweenTwoVersionsItIsShownToWhomBothShowIt() {
        Contract both = common(SHOWN, contract(Role.SUPPORT, Role.OPERATOR));

        assertThat(both.shownTo()).containsExactly(Role.SUPPORT);
        assertThat(both.reply().opens()).isEqualTo(FieldSet.of(EMAIL));
        assertThat(common(GIVEN, GIVEN).display()).isEmpty();
    }

    @Test
    @Clause("E2")
    void betweenTwoVersionsItIsMaskedIfOneMasksItEvenIfNobodyIsLeftToLook() {
        for (Contract both :
                List.of(common(SHOWN, GIVEN), common(GIVEN, SHOWN), common(SHOWN, contract(Role.OPERATOR)))) {
            assertThat(both.display()).contains(new Display(Set.of()));
        }
    }

    @Test
    @Clause("E2")
    void betweenTwoVersionsAFieldIsShownAsBothShowIt() {
        Policy one = law().showing(new Masks(Map.of("contact.email", Mask.MAILBOX)));
        Policy other = law().showing(new Masks(Map.of("contact.email", Mask.INITIALS)));

        assertThat(shown(Changeover.between(one, one, true))).isEqualTo("a•••@example.org");
        assertThat(shown(Changeover.between(one, other, true))).isEqualTo("•••");
        assertThat(shown(Changeover.between(one, law(), true))).isEqualTo("•••");
    }

    @Test
    void masksStayWithTheLawWhateverElseIsSaidOfIt() {
        Policy law = law().showing(new Masks(Map.of("contact.email", Mask.MAILBOX)));

        assertThat(shown(law.consentedTo(Map.of()))).isEqualTo("a•••@example.org");
        assertThat(shown(law.until(new Turn(NOW, 0)))).isEqualTo("a•••@example.org");
        assertThat(shown(law.withheld())).isEqualTo("a•••@example.org");
        assertThat(shown(law())).isEqualTo("•••");
    }

    @Test
    void whatIsShownIsGrantedAsWhatIsOpenedIs() {
        Permit permit = (Permit) PrivacyKernel.decide(law(null, SHOWN), reply(FieldSet.of(EMAIL)));

        assertThat(permit.granted().opens()).isEqualTo(FieldSet.of(EMAIL));
        assertThat(permit.contract().display()).contains(new Display(Set.of(Role.SUPPORT, Role.PRIVACY_OFFICER)));
    }

    private static Question reply(FieldSet present) {
        Question asked = question(SHOWN, present, BUYER, null);
        return new Question(
                asked.address(),
                true,
                asked.purpose(),
                SHOWN.reply(),
                asked.present(),
                asked.buyer(),
                asked.addressee(),
                asked.namesAddressee(),
                asked.record(),
                asked.deadline(),
                asked.now(),
                asked.nowNanos());
    }

    private static String shown(Policy policy) {
        return policy.masks().shown(EMAIL, Plain.of("ada@example.org")).reveal();
    }

    private static Contract common(Contract earlier, Contract later) {
        return Changeover.between(law(null, earlier), law(null, later), true)
                .contract(SHOWN.address())
                .orElseThrow();
    }

    private static List<String> findings(Contract contract, Role... shownTo) {
        return PolicyCheck.findings(law(null, contract), List.of(declared(shownTo)), NOW);
    }

    private static Declared declared(Role... shownTo) {
        return new Declared(
                SHOWN.address(),
                SHOWN.purpose(),
                SHOWN.request(),
                SHOWN.reply(),
                Declared.Effect.INSIDE,
                Set.of(shownTo));
    }

    private static Contract contract(Role... shownTo) {
        return new Contract(
                "order.persons",
                Purpose.CUSTOMER_ASSISTANCE,
                new Wants(FieldSet.of(ORDER), FieldSet.NONE, FieldSet.NONE),
                new Wants(FieldSet.NONE, FieldSet.of(EMAIL), FieldSet.NONE),
                Contract.Logging.BEFORE,
                Optional.empty(),
                Optional.of(new Display(Set.of(shownTo))));
    }
}
