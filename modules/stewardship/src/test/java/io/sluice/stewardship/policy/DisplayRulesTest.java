package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Display;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Mask;
import io.sluice.kernel.Owner;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Policy;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.stewardship.policy.LawDiff.Direction;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the law may show to staff, and what it says when it shows more or less than before. */
@Clause("B7")
class DisplayRulesTest {

    private static final String SHOWS = "shows: [delivery.street, delivery.city]";
    private static final String SHOWN_TO = "shown_to: [fulfilment]";
    private static final String METHOD =
            "  payment.method:\n    {category: delivery, fideslang: user.financial, dpv: pd:PaymentCard, level: P3,"
                    + " owner: addressee, retention: delivery, mask: last4}\n";

    @Test
    void anAnswerThatShowsFieldsIsADisplayToTheRolesNamed() throws Exception {
        Contract contract = law(shows()).policy().contract("parcel.look").orElseThrow();

        assertThat(contract.display()).contains(new Display(Set.of(Role.FULFILMENT)));
        assertThat(contract.reply().opens()).isEqualTo(fields(law(shows()), "delivery.street", "delivery.city"));
        assertThat(contract.request().opens()).isEqualTo(FieldSet.NONE);
        assertThat(law(shows()).policy().contract("parcel.send").orElseThrow().display())
                .isEmpty();
    }

    @Test
    void whatALawSaysOfMasksIsWhatTheGuardKeepsTo() throws Exception {
        Field<String> street = Field.personal(1, "delivery.street", Level.P2, Owner.ADDRESSEE);
        String initials = shows().replace("mask: hidden", "mask: initials");

        assertThat(shown(law(shows()).policy(), street)).isEqualTo("•••");
        assertThat(shown(law(initials).policy(), street)).isEqualTo("S•••");
        assertThat(shown(StricterLaw.of(law(initials), law(shows()), true).policy(), street))
                .isEqualTo("•••");
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "shown_to: [fulfilment] | shown_to: [janitor] | contracts › parcel.look › reply › shown_to should be a role",
                "shown_to: [fulfilment] | shown_to: [] | contracts › parcel.look › reply › shown_to names nobody to whom it is shown",
                "      shown_to: [fulfilment]# | '' | contracts › parcel.look › reply › shown_to names nobody to whom it is shown",
                "      shows: [delivery.street, delivery.city]# | '' | contracts › parcel.look › reply › shows names nothing that is shown",
                "shows: [delivery.street, | opens: [delivery.street, | contracts › parcel.look › reply › shows names nothing that is shown",
                "shows: [delivery.street, delivery.city] | shows: [delivery.street]#      opens: [delivery.city] | contracts › parcel.look › reply › opens and shows: an answer is given in full or masked",
                "shown_to: [fulfilment] | shown_to: [support] | contracts › parcel.look › reply › shown_to names support, who does not work for shipment",
                "shown_to: [fulfilment] | shown_to: [customer] | contracts › parcel.look › reply › shown_to names customer, who does not work for shipment",
                "support: {purposes: []} | support: {purposes: [shipment], sees_masked: [delivery.city]} | ",
                "sees_masked: [delivery.street, delivery.city] | sees_masked: [delivery.city] | contracts › parcel.look › reply › shown_to names fulfilment, who does not see [delivery.street]",
                "sees_masked: [delivery.street, delivery.city] | sees_plain: [delivery.street], sees_masked: [delivery.city] | ",
                "sees_masked: [delivery.street, delivery.city] | sees_plain: [delivery.street] | contracts › parcel.look › reply › shown_to names fulfilment, who does not see [delivery.city]",
                "shows: [delivery.street, | shows: [delivery.door, | contracts › parcel.look › reply › shows should be a field that the code knows",
                "#    purpose: shipment#    reads: [order.id]#    reply | #    purpose: shipment#    shows: [delivery.city]#    reply | contracts › parcel.look › shows is not known",
                "shipment: {basis: contract, fideslang: essential.service, dpv: dpv:DeliveryOfGoods, admits: {delivery: P2}} | shipment: {basis: contract, fideslang: essential.service, dpv: dpv:DeliveryOfGoods, admits: {delivery: P1}} | gives delivery.street, which shipment does not admit",
                "retention: delivery, mask: hidden | retention: delivery | is of level P2 and has no mask",
            })
    void aDisplayThatShowsMoreThanItsRolesMaySeeIsNoLaw(String words, String others, @Nullable String problem)
            throws Exception {
        String broken = changed(shows(), words, others);
        if (problem == null) {
            assertThat(law(broken).policy().contract("parcel.look"))
                    .as("no problem")
                    .isPresent();
            return;
        }
        assertThat(problems(broken)).anyMatch(found -> found.contains(problem));
    }

    @Test
    void whatIsWrongIsNamedWithItsFileAndItsLine() {
        String broken = changed(shows(), SHOWN_TO, "shown_to: [janitor, fulfilment]");
        long line = broken.substring(0, broken.indexOf("janitor")).lines().count();

        assertThat(problems(broken))
                .containsExactly("v1.yaml:" + line + ": contracts › parcel.look › reply › shown_to should be a role");
    }

    @Test
    void whatTakesFourEyesIsNoPartOfADisplay() throws Exception {
        Catalogue catalogue = Catalogue.of(Stream.concat(
                        LawFileTest.CATALOGUE.fields().stream(),
                        Stream.of(Field.personal(3, "payment.method", Level.P3, Owner.ADDRESSEE)))
                .toList());
        String known = shows().replace("contracts:\n", METHOD + "contracts:\n")
                .replace("{delivery: P2}", "{delivery: P3}")
                .replace("sees_masked: [", "sees_masked: [payment.method, ");
        assertThat(LawFile.parse("v1.yaml", known, catalogue).fields().get("payment.method"))
                .extracting(rule -> rule == null ? null : rule.mask().orElseThrow())
                .isEqualTo(Mask.LAST4);

        assertThatExceptionOfType(LawInvalid.class)
                .isThrownBy(() -> LawFile.parse("v1.yaml", known.replace(SHOWS, "shows: [payment.method]"), catalogue))
                .satisfies(invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .asString()
                        .contains("shows names payment.method of level P3, which takes four eyes"));
    }

    @ParameterizedTest(name = "{0} → {1}: + {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "shows: [delivery.city] | shows: [delivery.street, delivery.city] | contract parcel.look answer shows delivery.street",
                "shown_to: [fulfilment] | shown_to: [fulfilment, support] | contract parcel.look answer shown to support",
                "shows: [delivery.city]#      shown_to: [fulfilment] | opens: [delivery.city] | contract parcel.look answer opens delivery.city",
            })
    @Clause("E3")
    void showingMoreOrToMoreIsAWideningAndTheWayBackANarrowing(String words, String others, String rule)
            throws Exception {
        String wide = shows().replace(
                        "support: {purposes: []}",
                        "support: {purposes: [shipment], sees_masked: [delivery.street, delivery.city]}");
        String narrow = changed(wide, SHOWS, "shows: [delivery.city]");
        Law old = law(narrow);
        Law now = law(changed(narrow, words, others));

        assertThat(LawDiff.widenings(old, now)).containsExactly(rule);
        assertThat(LawDiff.between(old, now))
                .allMatch(change -> change.purposes().equals(Set.of(Purpose.SHIPMENT)));
        assertThat(LawDiff.between(now, old))
                .filteredOn(change -> change.direction() == Direction.NARROWS)
                .extracting(LawDiff.Change::rule)
                .containsExactly(rule);
    }

    @Test
    @Clause("E3")
    void aNewDisplayIsWidenedFieldByFieldAndRoleByRoleAndOneThatIsGivenUpNothing() throws Exception {
        Law without = law(seeing());
        Law with = law(shows());

        assertThat(LawDiff.widenings(without, with))
                .containsExactly(
                        "contract parcel.look answer shown to fulfilment",
                        "contract parcel.look answer shows delivery.city",
                        "contract parcel.look answer shows delivery.street");
        assertThat(LawDiff.widenings(with, without)).isEmpty();
    }

    @Test
    @Clause("E3")
    void whatIsMaskedFromNowOnIsOpenedNoMoreAndShownInstead() throws Exception {
        String opens = changed(shows(), SHOWS + "\n      " + SHOWN_TO, SHOWS.replace("shows", "opens"));

        Set<String> told = LawDiff.between(law(opens), law(shows())).stream()
                .map(change -> change.direction() + " " + change.rule())
                .collect(Collectors.toSet());
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "NARROWS contract parcel.look answer opens delivery.city",
                        "NARROWS contract parcel.look answer opens delivery.street",
                        "WIDENS contract parcel.look answer shown to fulfilment",
                        "WIDENS contract parcel.look answer shows delivery.city",
                        "WIDENS contract parcel.look answer shows delivery.street");
    }

    /** The whole law, in which whoever sends parcels sees both fields of an address. */
    private static String seeing() {
        return LawFileTest.whole()
                .replace("sees_masked: [delivery.street]", "sees_masked: [delivery.street, delivery.city]");
    }

    /** The same, with a display of them. */
    private static String shows() {
        return seeing().replace(
                        "partners:\n",
                        "  parcel.look:\n    purpose: shipment\n    reads: [order.id]\n    reply:\n      " + SHOWS
                                + "\n      " + SHOWN_TO + "\npartners:\n");
    }

    private static String changed(String text, String words, String others) {
        String from = words.replace("#", "\n");
        assertThat(text).as("the text to be changed").contains(from);
        return text.replace(from, others.replace("#", "\n"));
    }

    private static String shown(Policy policy, Field<String> field) {
        return policy.masks().shown(field, Plain.of("Skogsgatan")).reveal();
    }

    private static FieldSet fields(Law law, String... names) {
        return FieldSet.of(Stream.of(names)
                .map(name -> law.policy().catalogue().named(name).orElseThrow())
                .collect(Collectors.toList()));
    }

    private static Law law(String text) throws LawInvalid {
        return LawFile.parse("v1.yaml", text, LawFileTest.CATALOGUE);
    }

    private static List<String> problems(String text) {
        LawInvalid[] thrown = new LawInvalid[1];
        assertThatExceptionOfType(LawInvalid.class)
                .as("a law with a problem is not read")
                .isThrownBy(() -> law(text))
                .satisfies(invalid -> thrown[0] = invalid);
        return thrown[0].problems();
    }
}
