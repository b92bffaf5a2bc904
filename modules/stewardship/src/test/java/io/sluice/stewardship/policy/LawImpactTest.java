package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Use;
import io.sluice.stewardship.policy.LawImpact.Fate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a version to come would have meant for what was done. */
class LawImpactTest {

    private static final LoggedUse SENT = new LoggedUse(
            "parcel.send",
            false,
            "shipment",
            "carrier",
            true,
            Set.of("delivery.street"),
            Set.of("delivery.city"),
            Use.PERMIT);

    @Test
    @Clause("E3")
    void underTheSameLawEverythingIsKept() throws Exception {
        assertThat(fates(LawFileTest.whole(), SENT))
                .isEqualTo(Map.of("opens delivery.street KEPT", 1L, "carries delivery.city KEPT", 1L));
    }

    @Test
    @Clause("E3")
    void aFieldThatIsNoLongerGrantedIsCutAndTheRestIsKept() throws Exception {
        String narrower = LawFileTest.whole().replace("carries: [delivery.city]", "carries: []");

        assertThat(fates(narrower, SENT, SENT))
                .isEqualTo(Map.of("opens delivery.street KEPT", 2L, "carries delivery.city CUT", 2L));
    }

    @Test
    @Clause("E3")
    void aMessageWithoutContractPurposeOrAgreementIsRefusedWhole() throws Exception {
        String whole = LawFileTest.whole();
        Map<String, Long> refused = Map.of("opens delivery.street REFUSED", 1L, "carries delivery.city REFUSED", 1L);

        assertThat(fates(whole.replace("parcel.send:", "parcel.post:"), SENT)).isEqualTo(refused);
        assertThat(fates(whole.replace("valid_until: 2026-07-01", "valid_until: 2026-01-31"), SENT))
                .isEqualTo(refused);
        assertThat(fates(whole.replace("purposes: [shipment]\n      region", "purposes: []\n      region"), SENT))
                .isEqualTo(refused);
        assertThat(fates(whole.replace("fields: [delivery.street, delivery.city]", "fields: [delivery.city]"), SENT))
                .isEqualTo(refused);
        assertThat(fates(whole.replace("carrier", "courier"), SENT))
                .as("to somebody else it is another disclosure")
                .isEqualTo(refused);
    }

    @Test
    @Clause("E3")
    void whatRestsOnConsentFromThenOnIsAskedForAnew() throws Exception {
        String asking = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");

        assertThat(fates(asking, SENT))
                .isEqualTo(Map.of("opens delivery.street ASKED", 1L, "carries delivery.city ASKED", 1L));
    }

    @Test
    @Clause("E3")
    void whatIsWidenedWhereConsentIsTheGroundIsAskedForAnewAndTheRestIsKept() throws Exception {
        String asking = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");

        assertThat(fates(asking, asking.replace("keep: P90D", "keep: P91D"), SENT))
                .isEqualTo(Map.of("opens delivery.street ASKED", 1L, "carries delivery.city ASKED", 1L));
        assertThat(fates(asking, asking.replace("keep: P90D", "keep: P89D"), SENT))
                .isEqualTo(Map.of("opens delivery.street KEPT", 1L, "carries delivery.city KEPT", 1L));
    }

    @Test
    @Clause("E3")
    void aFieldThatIsNewlyGrantedIsCountedForEachMessageThatCouldHaveHadIt() throws Exception {
        String wider =
                LawFileTest.whole().replace("opens: [delivery.street]", "opens: [delivery.street, delivery.city]");

        assertThat(fates(wider, SENT, SENT))
                .isEqualTo(Map.of(
                        "opens delivery.street KEPT", 2L,
                        "carries delivery.city KEPT", 2L,
                        "opens delivery.city WIDENED", 2L));
    }

    @Test
    @Clause("E3")
    void aRefusalThatOnlyTheLawGaveIsLiftedIfTheLaterLawWouldNotGiveIt() throws Exception {
        LoggedUse unlawful = refused(PrivacyRefusal.AGREEMENT_NOT_VALID);
        LoggedUse withdrawn = refused(PrivacyRefusal.PURPOSE_NOT_PERMITTED);
        String ended = LawFileTest.whole().replace("valid_until: 2026-07-01", "valid_until: 2026-01-31");

        assertThat(fates(LawFileTest.whole(), unlawful, withdrawn)).isEqualTo(Map.of("  LIFTED", 1L));
        assertThat(fates(ended, unlawful, withdrawn)).isEmpty();
    }

    @Test
    void sumsAreToldByFieldPurposeAndPartner() throws Exception {
        Law law = law(LawFileTest.whole());
        LawImpact impact = new LawImpact(law, law);
        impact.add(SENT);
        impact.add(SENT);

        assertThat(impact.by(LawImpact.Line::field))
                .isEqualTo(Map.of(
                        "delivery.street", Map.of(Fate.KEPT, 2L),
                        "delivery.city", Map.of(Fate.KEPT, 2L)));
        assertThat(impact.by(LawImpact.Line::partner)).isEqualTo(Map.of("carrier", Map.of(Fate.KEPT, 4L)));
        assertThat(impact.by(LawImpact.Line::purpose)).isEqualTo(Map.of("shipment", Map.of(Fate.KEPT, 4L)));
    }

    private static LoggedUse refused(PrivacyRefusal reason) {
        return new LoggedUse("parcel.send", false, "shipment", "carrier", false, Set.of(), Set.of(), reason.code());
    }

    /** What becomes of the uses under another text than the whole law's, by how, field and fate. */
    private static Map<String, Long> fates(String later, LoggedUse... uses) throws LawInvalid {
        return fates(LawFileTest.whole(), later, uses);
    }

    private static Map<String, Long> fates(String earlier, String later, LoggedUse... uses) throws LawInvalid {
        LawImpact impact = new LawImpact(law(earlier), law(later));
        for (LoggedUse use : uses) {
            impact.add(use);
        }
        Map<String, Long> fates = new java.util.HashMap<>();
        impact.sums()
                .forEach((line, count) ->
                        fates.merge(line.how() + " " + line.field() + " " + line.fate(), count, Long::sum));
        return fates;
    }

    private static Law law(String text) throws LawInvalid {
        return LawFile.alone("v1.yaml", text);
    }
}
