package io.sluice.stewardship.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Level;
import io.sluice.kernel.Mask;
import io.sluice.kernel.Owner;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LawFileTest {

    private static final Field<String> ORDER = Field.operational(0, "order.id", ValueType.TEXT);
    private static final Field<String> STREET = Field.personal(1, "delivery.street", Level.P2, Owner.ADDRESSEE);
    private static final Field<String> CITY = Field.personal(2, "delivery.city", Level.P1, Owner.ADDRESSEE);
    static final Catalogue CATALOGUE = Catalogue.of(List.of(ORDER, STREET, CITY));

    @Test
    void aLawThatIsWholeIsRead() throws Exception {
        Law law = parse(whole());

        assertThat(law.version()).isEqualTo("v1");
        assertThat(law.policy().announcedAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(law.policy().effectiveAt()).isEqualTo(Instant.parse("2026-02-01T00:00:00Z"));
        assertThat(law.vocabulary()).containsEntry("dpv", "2.0");
        assertThat(law.text()).isEqualTo(whole());
    }

    @Test
    @Clause("C1")
    void aContractGrantsTheFieldsThatItLists() throws Exception {
        Contract contract = parse(whole()).policy().contract("parcel.send").orElseThrow();

        assertThat(contract.purpose()).isEqualTo(Purpose.SHIPMENT);
        assertThat(contract.request().reads()).isEqualTo(FieldSet.of(ORDER));
        assertThat(contract.request().opens()).isEqualTo(FieldSet.of(STREET));
        assertThat(contract.request().carries()).isEqualTo(FieldSet.of(CITY));
        assertThat(contract.reply().reads()).isEqualTo(FieldSet.of(ORDER));
        assertThat(contract.partner()).contains("carrier");
        assertThat(contract.logging()).isEqualTo(Contract.Logging.BEFORE);
    }

    @Test
    @Clause("C5")
    void anAgreementNamesFieldsPurposesRegionAndExpiry() throws Exception {
        var agreement = parse(whole()).policy().agreement("carrier").orElseThrow();

        assertThat(agreement.fields()).isEqualTo(FieldSet.of(STREET, CITY));
        assertThat(agreement.purposes()).containsExactly(Purpose.SHIPMENT);
        assertThat(agreement.region()).isEqualTo("eu");
        assertThat(agreement.isValidAt(Instant.parse("2026-06-30T23:59:59Z"))).isTrue();
        assertThat(agreement.isValidAt(Instant.parse("2026-07-01T00:00:00Z"))).isFalse();
    }

    @Test
    void rulesAroundTheDecisionAreReadToo() throws Exception {
        Law law = parse(whole());

        assertThat(law.rule(Purpose.SHIPMENT).basis()).isEqualTo(Basis.CONTRACT);
        assertThat(law.rule(Purpose.SERVICE_IMPROVEMENT).basis()).isEqualTo(Basis.CONSENT);
        assertThat(law.fields().get("delivery.street"))
                .extracting(rule -> Objects.requireNonNull(rule).mask().orElseThrow())
                .isEqualTo(Mask.HIDDEN);
        assertThat(law.retention()).containsEntry("delivery", new RetentionRule("order_closed", Period.ofDays(90)));
        assertThat(law.roles().get(Role.FULFILMENT))
                .isEqualTo(new RoleRule(Set.of(Purpose.SHIPMENT), FieldSet.of(STREET), FieldSet.NONE));
    }

    @Test
    void deadlinesAndWhatTheLawKeepsAreReadAsData() throws Exception {
        Law law = parse(whole());

        Jurisdiction eu = Objects.requireNonNull(law.clocks().get("eu"));
        assertThat(eu.countries()).containsExactlyInAnyOrder("DE", "FR");
        assertThat(eu.clock(Right.ACCESS))
                .isEqualTo(new ClockRule(
                        new ClockRule.Span(1, ClockRule.Unit.CALENDAR_MONTHS),
                        ClockRule.Start.REQUEST_RECEIVED,
                        true,
                        true,
                        Optional.of(new ClockRule.Span(2, ClockRule.Unit.CALENDAR_MONTHS)),
                        "a law"));
        assertThat(eu.clock(Right.ERASURE).extension()).isEmpty();
        assertThat(law.erasure().steps()).startsWith(Erasure.Step.CLOSE_ACCOUNT).endsWith(Erasure.Step.SHRED);
        assertThat(law.erasure().holds())
                .containsEntry(
                        "tax",
                        new HoldRule(FieldSet.of(CITY), "the books", "a law", "order_closed", Period.ofYears(10)));
    }

    @Test
    void aCountryHasOneSetOfClocks() {
        String twice = whole().replace("clocks:\n", "clocks:\n  germany:\n    countries: [DE]\n");

        assertThat(problems(twice)).anyMatch(problem -> problem.contains("names DE, which germany names already"));
    }

    @Test
    @Clause("E2")
    void theCodeMayKnowAFieldBeforeTheLawIfALaterVersionHasIt() throws Exception {
        String before = whole().replaceFirst("  delivery.city:\n.*\n", "")
                .replace("carries: [delivery.city]", "carries: []")
                .replace("fields: [delivery.street, delivery.city]", "fields: [delivery.street]")
                .replace("fields: [delivery.city]", "fields: [delivery.street]");

        Law law = LawFile.parse("v1.yaml", before, CATALOGUE, Set.of("delivery.city"));
        assertThat(law.policy().contracts().values())
                .as("nobody is given it")
                .noneMatch(contract -> contract.request().all().contains(CITY)
                        || contract.reply().all().contains(CITY));
        assertThat(problems(before)).anyMatch(problem -> problem.contains("lacks delivery.city, which the code knows"));
    }

    @Test
    void allProblemsAreReportedTogetherEachWithItsLine() {
        String broken = whole().replace("fideslang: user.contact.address.city, ", "")
                .replace("region: eu", "region: eu\n      dowry: camel")
                .replace("purpose: shipment", "purpose: advertising");

        assertThat(problems(broken))
                .hasSize(3)
                .anyMatch(problem -> problem.matches("v1.yaml:\\d+: fields › delivery.city › fideslang is missing"))
                .anyMatch(
                        problem -> problem.matches("v1.yaml:\\d+: partners › carrier › agreement › dowry is not known"))
                .anyMatch(problem -> problem.contains("contracts › parcel.send › purpose should be one of"));
    }

    @Test
    void aProblemNamesTheLineThatItIsOn() {
        String broken = whole().replace("announced_at: 2026-01-01T00:00:00Z", "announced_at: last year");

        assertThat(problems(broken)).containsExactly("v1.yaml:2: announced_at should be a time in UTC");
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "level: P2, owner: addressee | level: P1, owner: addressee | level is P1, the code says P2",
                "level: P2, owner: addressee | level: P2, owner: buyer | owner is buyer, the code says addressee",
                "level: P0, owner: nobody | level: P0, owner: buyer | owner is buyer, the code says nobody",
                "order.id: | order.number: | is a field that the code does not know",
                "order.id: | order.number: | lacks order.id, which the code knows",
                "opens: [delivery.street] | opens: [delivery.door] | should be a field that the code knows",
                "opens: [delivery.street] | opens: [delivery.street, delivery.street] | twice",
                ", retention: delivery, mask: hidden | , mask: hidden | is personal and has no retention",
                "retention: delivery, mask: hidden | retention: later, mask: hidden | is later, of which there is no",
                "retention: delivery, mask: hidden | retention: delivery | is of level P2 and has no mask",
                "{delivery: P2} | {delivery: P1} | gives delivery.street, which shipment does not admit",
                "{delivery: P2} | {account: P3} | gives delivery.city, which shipment does not admit",
                "log: before | log: rides | rides, but what goes to a partner is logged before",
                "log: before | log: later | should be before, always or rides",
                "basis: consent | basis: habit | basis should be contract",
                "  fraud_prevention: | advertising: | fraud_prevention is missing",
                "  fraud_prevention: | advertising: | advertising is not known",
                "P1: {at_rest: sealed | P1: {at_rest: clear | at_rest is clear, the code keeps to sealed",
                "2026-02-01 | 2026-01-05 | is sooner after its announcement than the least notice of P14D",
                "valid_until: 2026-07-01 | valid_until: 2025-07-01 | is not after valid_from",
                "keep: P90D | keep: a while | should be a period such as P90D",
                "version: v1 | version: v2 | should be the file's name",
                "version: v1 | version: v1+v2 | should be of letters, digits, dots, hyphens and underscores",
                "keep: P90D} | keep: P90D}#  forgotten: {from: order_closed, keep: P1D} | forgotten is the retention of no field",
                "from: order_closed, keep: P90D | from: easter, keep: P90D | should be one of account_closed",
                "clocks: | clocks:#  mars: {countries: [DE]} | clocks › mars › access is missing",
                "clocks: | clock: | clocks is missing",
                "  elsewhere: | #  nowhere: | lacks elsewhere, which holds for everybody who lives in none of them",
                "countries: [DE, FR] | countries: [] | clocks › eu names no country",
                "zones: [Europe/Berlin] | zones: [] | clocks › eu names no time zone",
                "zones: [Europe/Berlin] | zones: [Europe/Atlantis] | clocks › eu › zones should be a time zone such as Europe/Berlin",
                "moves_to_working_day: true | moves_to_working_day: perhaps | moves_to_working_day should be true or false",
                "countries: [DE, FR] | countries: [Germany] | should be a country such as DE or US-CA",
                "unit: business_days | unit: weeks | should be calendar_months, calendar_days or business_days",
                "amount: 5 | amount: 0 | should be a number from 1 to 366",
                "amount: 5 | amount: 367 | should be a number from 1 to 366",
                "from: request_received | from: whenever | should be request_received or identity_confirmed",
                "pauses_for_identity: true | pauses_for_identity: maybe | should be true or false",
                ", source: a law} | } | clocks › eu › access › source is missing",
                "    erasure: {within | x: {within | clocks › eu › erasure is missing",
                "erasure:#  steps | erase:#  steps | erasure is missing",
                "steps: [close_account, | steps: [ | lacks close_account",
                "hold, shred] | shred, hold] | has shred before hold: what is kept could not be opened any more",
                "notify_recipients, hold, shred] | hold, shred, notify_recipients] | has shred before notify_recipients",
                "hold, shred] | hold, shred, pray] | should be a step of an erasure",
                "tax: {fields: [delivery.city] | tax: {fields: [] | erasure › holds › tax keeps no field",
                "tax: {fields: [delivery.city] | tax: {fields: [order.id] | names order.id, which is nobody's and never erased",
                "why: the books, | | erasure › holds › tax › why is missing",
                ", keep: P10Y} | } | erasure › holds › tax › keep is missing",
                ", keep: P10Y} | , keep: for ever} | should be a period such as P90D: nothing is held without end",
                "sees_masked: [delivery.street] | sees_masked: [x.y] | should be a field that the code knows",
                "auditor: {purposes: []} | janitor: {purposes: []} | janitor is not known",
                "auditor: {purposes: []} | operator: {purposes: []} | operator is there twice",
            })
    void aLawThatContradictsItselfOrTheCodeIsNoLaw(String words, @Nullable String others, String problem) {
        String from = words.replace("#", "\n");
        String to = others == null ? "" : others.replace("#", "\n");
        assertThat(whole()).as("the text to be broken").contains(from);

        assertThat(problems(whole().replace(from, to))).anyMatch(found -> found.contains(problem));
    }

    @ParameterizedTest
    @CsvSource({"'', is empty", "'a: [', is not YAML", "'[a, b]', should be a mapping", "'a: *b', is not YAML"})
    void whatIsNoYamlMappingIsNoLaw(String text, String problem) {
        assertThat(problems(text)).anyMatch(found -> found.contains(problem));
    }

    private static Law parse(String text) throws LawInvalid {
        return LawFile.parse("v1.yaml", text, CATALOGUE);
    }

    private static List<String> problems(String text) {
        LawInvalid[] thrown = new LawInvalid[1];
        assertThatExceptionOfType(LawInvalid.class)
                .as("a law with a problem is not read")
                .isThrownBy(() -> parse(text))
                .satisfies(invalid -> thrown[0] = invalid);
        return thrown[0].problems();
    }

    static String whole() {
        try (var in = LawFileTest.class.getResourceAsStream("v1.yaml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
