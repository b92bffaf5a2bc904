package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each change of the law is told by name, and none that takes something from a person passes for harmless. */
class LawDiffTest {

    @Test
    @Clause("E3")
    void twoVersionsThatSayTheSameDoNotDiffer() throws Exception {
        assertThat(LawDiff.between(law(LawFileTest.whole()), law(LawFileTest.whole())))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}: + {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "least_notice: P14D | least_notice: P13D | least notice",
                "keep: P90D | keep: P3M1D | field delivery.city retention",
                "from: order_closed | from: account_closed | field delivery.city retention",
                "mask: hidden | mask: last4 | field delivery.street mask",
                "admits: {delivery: P2} | admits: {delivery: P3} | purpose shipment admits delivery",
                "admits: {delivery: P2} | admits: {delivery: P2, usage: P1} | purpose shipment admits usage",
                "basis: consent, fideslang: analytics | basis: contract, fideslang: analytics | purpose service_improvement basis",
                "basis: legitimate_interest | basis: contract | purpose fraud_prevention basis",
                "opens: [delivery.street]#    carries: [delivery.city] | opens: [delivery.street, delivery.city] | contract parcel.send opens delivery.city",
                "opens: [delivery.street] | opens: [delivery.street]#    carries: [delivery.street, delivery.city]#  x.y:#    purpose: shipment | contract parcel.send carries delivery.street",
                "reply:#      reads: [order.id] | reply:#      opens: [delivery.city] | contract parcel.send answer opens delivery.city",
                "purpose: shipment#    partner | purpose: transaction_verification#    partner | contract parcel.send purpose",
                "partner: carrier#    reads | partner: other#    reads | contract parcel.send partner",
                "region: eu | region: us | partner carrier region",
                "valid_until: 2026-07-01 | valid_until: 2026-07-02 | partner carrier valid until",
                "valid_from: 2026-01-01 | valid_from: 2025-12-31 | partner carrier valid from",
                "purposes: [shipment]#      region | purposes: [shipment, customer_assistance]#      region | partner carrier for customer_assistance",
                "auditor: {purposes: []} | auditor: {purposes: [shipment]} | role auditor works for shipment",
                "auditor: {purposes: []} | auditor: {purposes: [], sees_masked: [delivery.city]} | role auditor sees masked delivery.city",
                "sees_masked: [delivery.street] | sees_plain: [delivery.street] | role fulfilment sees plain delivery.street",
                "level: P2, owner | level: P1, owner | field delivery.street level",
                "category: purchase | category: usage | field order.id category",
                "amount: 5, unit: business_days | amount: 6, unit: business_days | clock eu complaint_acknowledged",
                "amount: 5, unit: business_days | amount: 5, unit: calendar_days | clock eu complaint_acknowledged",
                "amount: 2, unit: calendar_months | amount: 3, unit: calendar_months | clock elsewhere access",
                "from: request_received | from: identity_confirmed | clock eu access",
                "countries: [DE, FR] | countries: [DE] | clocks eu countries",
                "zones: [Europe/Berlin] | zones: [Europe/Lisbon] | clocks eu zones",
                "fields: [delivery.city], why | fields: [delivery.city, delivery.street], why | hold tax keeps delivery.street",
                "keep: P10Y | keep: P11Y | hold tax for",
                "from: order_closed, keep: P10Y | from: account_closed, keep: P10Y | hold tax from",
            })
    @Clause("E3")
    void whatIsWidenedIsNamedAndItsReverseIsNotHarmless(String words, String others, String rule) throws Exception {
        String before = LawFileTest.whole();
        String from = words.replace("#", "\n");
        assertThat(before).as("the text to be changed").contains(from);
        String after = admittingAll(before).replace(from, others.replace("#", "\n"));
        Law old = law(admittingAll(before));
        Law now = law(after);

        assertThat(LawDiff.widenings(old, now)).contains(rule);
        assertThat(LawDiff.between(now, old))
                .as("the way back is told too")
                .anyMatch(change -> change.rule().equals(rule)
                        || change.rule().startsWith(rule.substring(0, rule.lastIndexOf(' '))));
    }

    @ParameterizedTest(name = "{0} → {1}: - {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "keep: P90D | keep: P89D | field delivery.street retention",
                "carries: [delivery.city] | carries: [] | contract parcel.send carries delivery.city",
                "valid_until: 2026-07-01 | valid_until: 2026-06-30 | partner carrier valid until",
                "basis: legitimate_interest | basis: consent | purpose fraud_prevention basis",
                "least_notice: P14D | least_notice: P15D | least notice",
                "sees_masked: [delivery.street] | sees_masked: [] | role fulfilment sees masked delivery.street",
                "amount: 5, unit: business_days | amount: 4, unit: business_days | clock eu complaint_acknowledged",
                "pauses_for_identity: true, moves_to_working_day: true, extension | pauses_for_identity: false, moves_to_working_day: true, extension | clock eu access",
                "moves_to_working_day: true, extension | moves_to_working_day: false, extension | clock eu access",
                "keep: P10Y | keep: P9Y | hold tax for",
            })
    void whatIsNarrowedIsNoWidening(String words, String others, String rule) throws Exception {
        Law old = law(LawFileTest.whole());
        Law now = law(LawFileTest.whole().replace(words, others));

        assertThat(LawDiff.widenings(old, now)).isEmpty();
        assertThat(LawDiff.between(old, now))
                .extracting(LawDiff.Change::direction, LawDiff.Change::rule)
                .contains(org.assertj.core.groups.Tuple.tuple(LawDiff.Direction.NARROWS, rule));
    }

    @Test
    void operationalFieldsChangeWithoutWidening() throws Exception {
        Law old = law(LawFileTest.whole());
        Law now = law(LawFileTest.whole().replace("    reads: [order.id]\n    opens", "    opens"));

        assertThat(LawDiff.between(old, now))
                .isEqualTo(List.of(new LawDiff.Change(
                        LawDiff.Direction.CHANGES, "contract parcel.send reads", "[order.id] → []", Set.of())));
    }

    @Test
    @Clause("E3")
    void aNewPartnerAndANewContractWidenFieldByField() throws Exception {
        Law old = law(LawFileTest.whole());
        Law now = law(LawFileTest.whole().replace("partners:\n", """
                          parcel.copy:
                            purpose: shipment
                            partner: printer
                            opens: [delivery.city]
                        partners:
                          printer:
                            agreement:
                              fields: [delivery.city]
                              purposes: [shipment]
                              region: eu
                              valid_from: 2026-01-01T00:00:00Z
                              valid_until: 2026-07-01T00:00:00Z
                        """));

        assertThat(LawDiff.widenings(old, now))
                .containsExactly(
                        "contract parcel.copy opens delivery.city",
                        "partner printer for shipment",
                        "partner printer gets delivery.city");
        assertThat(LawDiff.widenings(now, old)).isEmpty();
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "opens: [delivery.street]#    carries: [delivery.city] | opens: [delivery.street, delivery.city] | SHIPMENT",
                "purposes: [shipment]#      region | purposes: [shipment, customer_assistance]#      region | CUSTOMER_ASSISTANCE",
                "region: eu | region: us | SHIPMENT",
                "keep: P90D | keep: P91D | SHIPMENT",
                "mask: hidden | mask: last4 | SHIPMENT",
                "keep: P10Y | keep: P11Y | SHIPMENT",
                "auditor: {purposes: []} | auditor: {purposes: [service_improvement]} | SERVICE_IMPROVEMENT",
                "sees_masked: [delivery.street] | sees_plain: [delivery.street] | SHIPMENT",
                "dpv:CustomerCare} | dpv:CustomerCare, admits: {usage: P1}} | CUSTOMER_ASSISTANCE",
            })
    @Clause("E3")
    void whoConsentedToAPurposeIsAskedAnewIfAnythingIsWidenedForItAndForNoOther(
            String words, String others, Purpose purpose) throws Exception {
        String before = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");
        String after = before.replace(words.replace("#", "\n"), others.replace("#", "\n"));
        assertThat(after).isNotEqualTo(before);

        assertThat(LawDiff.renewals(law(before), law(after))).containsExactly(purpose);
        assertThat(LawDiff.renewals(law(before), law(before))).isEmpty();
    }

    @Test
    @Clause("E3")
    void nobodyIsAskedAnewForWhatIsNarrowedOrConcernsNoPurpose() throws Exception {
        String before = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");
        for (String after : List.of(
                before.replace("keep: P90D", "keep: P89D"),
                before.replace("carries: [delivery.city]", "carries: []"),
                before.replace("least_notice: P14D", "least_notice: P13D"),
                before.replace(
                        "fraud_prevention: {basis: legitimate_interest", "fraud_prevention: {basis: contract"))) {
            assertThat(LawDiff.renewals(law(before), law(after))).isEmpty();
        }
    }

    @Test
    @Clause("E3")
    void aPurposeThatComesToRestOnConsentHasNobodysYet() throws Exception {
        String after = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");

        assertThat(LawDiff.renewals(law(LawFileTest.whole()), law(after))).containsExactly(Purpose.SHIPMENT);
        assertThat(LawDiff.renewals(law(after), law(LawFileTest.whole()))).isEmpty();
    }

    /** So that a change of level or category is no contradiction of another rule. */
    private static String admittingAll(String text) {
        String all = "admits: {account: P3, delivery: P3}";
        return text.replace("dpv:CustomerOrderManagement}", "dpv:CustomerOrderManagement, " + all + "}");
    }

    private static Law law(String text) throws LawInvalid {
        return LawFile.alone("v1.yaml", text);
    }
}
