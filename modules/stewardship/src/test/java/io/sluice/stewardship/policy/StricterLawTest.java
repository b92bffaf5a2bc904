package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is decided beside the kernel keeps to the stricter of two versions too while they meet. */
class StricterLawTest {

    @Test
    @Clause("E2")
    void thePersonHasTheSayWhereOneOfTheTwoLeavesItToThem() throws Exception {
        String asking = LawFileTest.whole().replace("shipment: {basis: contract", "shipment: {basis: consent");

        assertThat(between(LawFileTest.whole(), asking).rule(Purpose.SHIPMENT).basis())
                .isEqualTo(Basis.CONSENT);
        assertThat(between(asking, LawFileTest.whole()).rule(Purpose.SHIPMENT).basis())
                .isEqualTo(Basis.CONSENT);
        assertThat(between(LawFileTest.whole(), LawFileTest.whole())
                        .rule(Purpose.SHIPMENT)
                        .basis())
                .isEqualTo(Basis.CONTRACT);
    }

    @Test
    @Clause("E2")
    void aRoleSeesWhatItSeesUnderBothAndPlainOnlyWhatIsPlainUnderBoth() throws Exception {
        String plain = LawFileTest.whole().replace("sees_masked: [delivery.street]", "sees_plain: [delivery.street]");
        String nothing = LawFileTest.whole().replace(", sees_masked: [delivery.street]", "");
        Law masked = law(LawFileTest.whole());
        Field<?> street = masked.policy().catalogue().named("delivery.street").orElseThrow();

        assertThat(between(LawFileTest.whole(), plain).roles().get(Role.FULFILMENT))
                .isEqualTo(new RoleRule(Set.of(Purpose.SHIPMENT), FieldSet.of(street), FieldSet.NONE));
        assertThat(between(plain, nothing).roles().get(Role.FULFILMENT))
                .isEqualTo(new RoleRule(Set.of(Purpose.SHIPMENT), FieldSet.NONE, FieldSet.NONE));
    }

    @Test
    void aPurposeAdmitsWhatBothAdmit() throws Exception {
        String narrower = LawFileTest.whole().replace("admits: {delivery: P2}", "admits: {delivery: P3, account: P1}");

        assertThat(between(LawFileTest.whole(), narrower).rule(Purpose.SHIPMENT).admits())
                .isEqualTo(Map.of(Category.DELIVERY, Level.P2));
    }

    @Test
    @Clause("E2")
    void whoeverAsksIsShownTheVersionThatWasAndHeardUnderEither() throws Exception {
        Law between = between(LawFileTest.whole(), LawFileTest.whole().replace("version: v1", "version: v2"));

        assertThat(between.version()).isEqualTo("v1+v2");
        assertThat(between.shownVersion()).isEqualTo("v1");
        assertThat(between.isCalled("v1")).isTrue();
        assertThat(between.isCalled("v2")).isTrue();
        assertThat(between.isCalled("v3")).isFalse();
        assertThat(between.isCalled("v1+v2")).isFalse();
    }

    private static Law between(String earlier, String later) throws LawInvalid {
        return StricterLaw.of(law(earlier), law(later), true);
    }

    private static Law law(String text) throws LawInvalid {
        return LawFile.alone(text.contains("version: v2") ? "v2.yaml" : "v1.yaml", text);
    }
}
