package io.sluice.stewardship.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.ClockRule;
import io.sluice.stewardship.policy.ClockRule.Span;
import io.sluice.stewardship.policy.ClockRule.Unit;
import io.sluice.stewardship.policy.Jurisdiction;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.stewardship.policy.Right;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** By when the shop has to do what it was asked for: by the rules of the law that the repository carries, and by rules made up. */
@Clause("D7")
class DeadlinesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Holidays HOLIDAYS = new JollydayHolidays();
    private static final Map<String, Jurisdiction> SHIPPED = shipped();

    private final Deadlines deadlines = new Deadlines(HOLIDAYS);

    private static Map<String, Jurisdiction> shipped() {
        Path law = Path.of("../../config/policy/2026-11-draft.yaml");
        try {
            return LawFile.alone("2026-11-draft.yaml", Files.readString(law)).clocks();
        } catch (Exception broken) {
            throw new AssertionError("the shipped law is not to be read", broken);
        }
    }

    /** One place, Germany, with one rule for everything. */
    private static Map<String, Jurisdiction> germany(ClockRule rule) {
        return place("DE", BERLIN, rule);
    }

    private static Map<String, Jurisdiction> place(String country, ZoneId zone, ClockRule rule) {
        return Map.of("there", new Jurisdiction(Set.of(country), Set.of(zone), forAll(rule)));
    }

    private static Map<Right, ClockRule> forAll(ClockRule rule) {
        return Arrays.stream(Right.values()).collect(Collectors.toMap(Function.identity(), right -> rule));
    }

    private static ClockRule rule(int amount, Unit unit, boolean moves) {
        return new ClockRule(
                new Span(amount, unit), ClockRule.Start.REQUEST_RECEIVED, true, moves, Optional.empty(), "a law");
    }

    private static ClockRule extensible(int amount, Unit unit, int more, boolean moves) {
        return new ClockRule(
                new Span(amount, unit),
                ClockRule.Start.REQUEST_RECEIVED,
                true,
                moves,
                Optional.of(new Span(more, unit)),
                "a law");
    }

    private Deadline from(Map<String, Jurisdiction> clocks, String country, Instant start) {
        return deadlines.deadline(clocks, Right.ACCESS, Optional.of(country), start);
    }

    private static Instant at(String local, ZoneId zone) {
        return LocalDateTime.parse(local).atZone(zone).toInstant();
    }

    private static LocalDate lastDay(Deadline deadline, ZoneId zone) {
        assertThat(deadline.due().atZone(zone).toLocalTime())
                .as("a term ends with its last day")
                .isEqualTo("00:00");
        return deadline.due().atZone(zone).toLocalDate().minusDays(1);
    }

    @ParameterizedTest(name = "{1} {2} after {0}: {3}, on a working day {4}")
    @CsvSource({
        "2027-01-31, 1, CALENDAR_MONTHS, 2027-02-28, 2027-03-01",
        "2028-01-31, 1, CALENDAR_MONTHS, 2028-02-29, 2028-02-29",
        "2028-01-29, 1, CALENDAR_MONTHS, 2028-02-29, 2028-02-29",
        "2027-02-28, 1, CALENDAR_MONTHS, 2027-03-28, 2027-03-30",
        "2028-02-29, 12, CALENDAR_MONTHS, 2029-02-28, 2029-02-28",
        "2026-03-05, 1, CALENDAR_MONTHS, 2026-04-05, 2026-04-07",
        "2026-11-25, 1, CALENDAR_MONTHS, 2026-12-25, 2026-12-28",
        "2026-12-31, 1, CALENDAR_MONTHS, 2027-01-31, 2027-02-01",
        "2026-12-01, 45, CALENDAR_DAYS, 2027-01-15, 2027-01-15",
        "2026-12-21, 5, BUSINESS_DAYS, 2026-12-29, 2026-12-29",
        "2026-12-19, 1, BUSINESS_DAYS, 2026-12-21, 2026-12-21",
    })
    void aTermEndsOnTheCorrespondingDayAndMovesOnOnlyWhereTheRuleSaysSo(
            LocalDate start, int amount, Unit unit, LocalDate last, LocalDate moved) {
        Instant noon = start.atTime(12, 0).atZone(BERLIN).toInstant();

        assertThat(lastDay(from(germany(rule(amount, unit, false)), "DE", noon), BERLIN))
                .isEqualTo(last);
        assertThat(lastDay(from(germany(rule(amount, unit, true)), "DE", noon), BERLIN))
                .isEqualTo(moved);
    }

    @Test
    void theDayOfTheStartIsNotCountedHoweverEarlyOrLateItWas() {
        Map<String, Jurisdiction> day = germany(rule(1, Unit.CALENDAR_DAYS, false));

        Instant morning = at("2026-12-01T00:00", BERLIN);
        Instant night = at("2026-12-01T23:59:59", BERLIN);
        assertThat(from(day, "DE", morning).due())
                .isEqualTo(from(day, "DE", night).due());
        assertThat(from(day, "DE", night.plusSeconds(1)).due())
                .as("a second later it is another day")
                .isEqualTo(at("2026-12-04T00:00", BERLIN));
    }

    @Test
    void aDayIsAsLongAsTheClocksOfThePlaceMakeIt() {
        Map<String, Jurisdiction> day = germany(rule(1, Unit.CALENDAR_DAYS, false));

        Instant noonBeforeSpring = at("2027-03-27T12:00", BERLIN);
        Instant noonBeforeAutumn = at("2027-10-30T12:00", BERLIN);
        Instant noonBeforeNone = at("2027-06-05T12:00", BERLIN);
        assertThat(Duration.between(
                        noonBeforeSpring, from(day, "DE", noonBeforeSpring).due()))
                .isEqualTo(Duration.ofHours(35));
        assertThat(Duration.between(
                        noonBeforeAutumn, from(day, "DE", noonBeforeAutumn).due()))
                .isEqualTo(Duration.ofHours(37));
        assertThat(Duration.between(
                        noonBeforeNone, from(day, "DE", noonBeforeNone).due()))
                .isEqualTo(Duration.ofHours(36));
    }

    @Test
    void theDayIsThePlacesOwnOnBothSidesOfTheDateLine() {
        Instant start = Instant.parse("2026-12-01T10:30:00Z");
        ClockRule rule = rule(1, Unit.CALENDAR_DAYS, false);
        ZoneId east = ZoneId.of("Pacific/Kiritimati");
        ZoneId west = ZoneId.of("Pacific/Pago_Pago");

        assertThat(lastDay(from(place("KI", east, rule), "KI", start), east)).isEqualTo("2026-12-03");
        assertThat(lastDay(from(place("AS", west, rule), "AS", start), west)).isEqualTo("2026-12-01");
    }

    @Test
    void whereADayMayEndInSeveralZonesTheFirstToEndCounts() {
        Instant start = Instant.parse("2026-12-01T12:00:00Z");

        Deadline deadline = from(SHIPPED, "DE", start);
        assertThat(deadline.due()).isEqualTo(at("2027-01-05T00:00", ZoneId.of("Europe/Athens")));
        assertThat(deadline.due()).isBefore(at("2027-01-05T00:00", BERLIN));
    }

    @Test
    void holidaysAreThePlacesOwn() {
        Instant start = at("2026-12-21T12:00", BERLIN);
        ClockRule rule = rule(5, Unit.BUSINESS_DAYS, false);

        assertThat(lastDay(from(germany(rule), "DE", start), BERLIN)).isEqualTo("2026-12-29");
        assertThat(lastDay(from(place("GB", BERLIN, rule), "GB", start), BERLIN))
                .as("Boxing Day on a Saturday is made up for on Monday")
                .isEqualTo("2026-12-30");
        ZoneId tokyo = ZoneId.of("Asia/Tokyo");
        assertThat(lastDay(from(place("JP", tokyo, rule), "JP", at("2027-04-28T12:00", tokyo)), tokyo))
                .as("Golden Week")
                .isEqualTo("2027-05-11");
    }

    @Test
    void carnivalIsNoHolidayByTheLawOfBrazil() {
        ZoneId there = ZoneId.of("America/Sao_Paulo");
        ClockRule rule = rule(3, Unit.BUSINESS_DAYS, false);

        assertThat(lastDay(from(place("BR", there, rule), "BR", at("2027-02-05T12:00", there)), there))
                .isEqualTo("2027-02-10");
        assertThat(lastDay(from(place("BR", there, rule), "BR", at("2026-12-23T12:00", there)), there))
                .as("Christmas is one")
                .isEqualTo("2026-12-29");
    }

    @Test
    void aPauseIsGivenBackInDaysAlsoAcrossTheEndOfAMonth() {
        Map<String, Jurisdiction> month = germany(rule(1, Unit.CALENDAR_MONTHS, false));
        Deadline deadline = from(month, "DE", at("2027-01-20T12:00", BERLIN));

        Deadline later = deadline.paused(at("2027-01-28T18:00", BERLIN), at("2027-02-03T09:00", BERLIN));
        assertThat(lastDay(later, BERLIN)).isEqualTo("2027-02-26");
        Deadline twice = later.paused(at("2027-02-26T23:00", BERLIN), at("2027-02-27T22:00", BERLIN));
        assertThat(lastDay(twice, BERLIN))
                .as("never too late while the clock stands still")
                .isEqualTo("2027-02-27");
        assertThat(deadline.paused(at("2027-01-28T09:00", BERLIN), at("2027-01-28T18:00", BERLIN))
                        .due())
                .as("no day began meanwhile")
                .isEqualTo(deadline.due());
        assertThatThrownBy(() -> later.paused(at("2027-02-02T09:00", BERLIN), at("2027-02-05T09:00", BERLIN)))
                .as("pauses do not overlap")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> later.paused(later.due(), later.due().plusSeconds(1)))
                .as("nothing is paused when it is too late")
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPauseThatBeginsOnADayThatTheTermHadMovedToEndsInTime() {
        Deadline deadline = from(germany(rule(1, Unit.CALENDAR_MONTHS, true)), "DE", at("2027-04-06T12:00", BERLIN));

        assertThat(lastDay(deadline, BERLIN)).as("Ascension Day is the sixth").isEqualTo("2027-05-07");
        assertThat(lastDay(deadline.paused(at("2027-05-07T12:00", BERLIN), at("2027-06-15T12:00", BERLIN)), BERLIN))
                .isEqualTo("2027-06-15");
        assertThat(lastDay(deadline.paused(at("2027-05-06T12:00", BERLIN), at("2027-06-14T12:00", BERLIN)), BERLIN))
                .as("one that began the day before has no more")
                .isEqualTo("2027-06-14");
    }

    @Test
    void aPauseOnADayThatTheTermHasMovedToCountsFromThere() {
        // the corresponding day, 28 February, is a Sunday
        Deadline deadline = from(germany(rule(1, Unit.CALENDAR_MONTHS, true)), "DE", at("2027-01-28T12:00", BERLIN));

        assertThat(lastDay(deadline, BERLIN)).isEqualTo("2027-03-01");
        assertThat(lastDay(deadline.paused(at("2027-03-01T12:00", BERLIN), at("2027-03-10T12:00", BERLIN)), BERLIN))
                .isEqualTo("2027-03-10");
        assertThat(lastDay(deadline.paused(at("2027-02-22T12:00", BERLIN), at("2027-02-24T12:00", BERLIN)), BERLIN))
                .as("two days after the corresponding day, not after the one that it would have moved to")
                .isEqualTo("2027-03-02");
    }

    @Test
    void aPauseInBusinessDaysGivesBackNoWeekend() {
        Deadline deadline = from(germany(rule(5, Unit.BUSINESS_DAYS, false)), "DE", at("2027-01-11T12:00", BERLIN));

        assertThat(lastDay(deadline, BERLIN)).isEqualTo("2027-01-18");
        assertThat(lastDay(deadline.paused(at("2027-01-15T12:00", BERLIN), at("2027-01-17T12:00", BERLIN)), BERLIN))
                .isEqualTo("2027-01-18");
        assertThat(lastDay(deadline.paused(at("2027-01-15T12:00", BERLIN), at("2027-01-19T12:00", BERLIN)), BERLIN))
                .isEqualTo("2027-01-20");
    }

    @Test
    void whereTheLawKnowsNoPauseTheClockGoesOn() {
        Instant start = Instant.parse("2026-12-01T12:00:00Z");
        Instant later = start.plus(Duration.ofDays(5));
        Deadline california = from(SHIPPED, "US-CA", start);
        Deadline germany = from(SHIPPED, "DE", start);

        assertThat(california.paused(start, later).due()).isEqualTo(california.due());
        assertThat(germany.paused(start, later).due()).isAfter(germany.due());
    }

    @Test
    void anExtensionCountsFromTheStartOnceInTimeAndOnlyByTheLaw() {
        Deadline deadline =
                from(germany(extensible(1, Unit.CALENDAR_MONTHS, 2, false)), "DE", at("2027-01-31T12:00", BERLIN));
        Instant last = deadline.due().minusMillis(1);

        Deadline extended = deadline.extended(last);
        assertThat(lastDay(extended, BERLIN))
                .as("not two months from the end of February")
                .isEqualTo("2027-04-30");
        assertThat(extended.isExtended()).isTrue();
        assertThat(deadline.isExtended()).as("the old value is what it was").isFalse();

        assertThatThrownBy(() -> deadline.extended(deadline.due()))
                .as("too late")
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> extended.extended(last)).as("twice").isInstanceOf(IllegalStateException.class);
        Deadline brazil = from(SHIPPED, "BR", Instant.parse("2026-12-01T12:00:00Z"));
        assertThat(brazil.isExtensible(Instant.parse("2026-12-02T12:00:00Z"))).isFalse();
        assertThatThrownBy(() -> brazil.extended(Instant.parse("2026-12-02T12:00:00Z")))
                .hasMessageContaining("LGPD, Article 19");
    }

    @Test
    void somebodyIsToldWhenAQuarterOfTheTimeIsLeft() {
        Deadline deadline =
                from(germany(extensible(19, Unit.CALENDAR_DAYS, 20, false)), "DE", at("2026-12-01T00:00", BERLIN));

        assertThat(deadline.escalateAt()).isEqualTo(deadline.due().minus(Duration.ofDays(5)));
        Deadline extended = deadline.extended(deadline.escalateAt());
        assertThat(extended.escalateAt()).isEqualTo(extended.due().minus(Duration.ofDays(10)));
        Deadline paused = deadline.paused(at("2026-12-02T12:00", BERLIN), at("2026-12-06T12:00", BERLIN));
        assertThat(paused.escalateAt())
                .as("what stood still is no time that runs")
                .isEqualTo(paused.due().minus(Duration.ofDays(5)));
    }

    @ParameterizedTest(name = "{1} in {0}: {2} says {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DE    | ACCESS    | eu         | 2027-01-04 | GDPR, Article 12(3)",
                "GB    | ERASURE   | uk         | 2027-01-04 | UK GDPR, Article 12(3)",
                "GB    | COMPLAINT_ACKNOWLEDGED | uk | 2027-01-02 | Data (Use and Access) Act 2025, section 103",
                "US-CA | ERASURE   | california | 2027-01-17 | CCPA, 1798.130(a)(2)",
                "US-CA | OBJECTION | california | 2026-12-24 | CCPA Regulations, 7026(f)",
                "BR    | ACCESS    | brazil     | 2026-12-18 | LGPD, Article 19",
                "JP    | COMPLAINT_ACKNOWLEDGED | elsewhere | 2026-12-10 | our own promise",
            })
    void everybodyIsUnderTheClockOfTheirPlace(
            String country, Right right, String place, LocalDate last, String source) {
        Deadline deadline =
                deadlines.deadline(SHIPPED, right, Optional.of(country), Instant.parse("2026-12-03T18:00:00Z"));

        assertThat(deadline.jurisdiction()).isEqualTo(place);
        assertThat(deadline.rule().source()).isEqualTo(source);
        assertThat(deadline.fallback()).isEmpty();
        // in the zone that ends first, the last second is some hour of that day or, elsewhere, of the night before
        assertThat(deadline.due())
                .isBetween(
                        last.atStartOfDay(ZoneId.of("Pacific/Kiritimati")).toInstant(),
                        last.plusDays(1).atTime(12, 0).atZone(ZoneId.of("UTC")).toInstant());
    }

    @Test
    void whoseHolidaysNobodyKnowsIsAnsweredSoonerAndStaffSeeIt() {
        Instant start = Instant.parse("2026-12-01T04:00:00Z");

        Deadline china = from(SHIPPED, "CN", start);
        assertThat(china.fallback()).contains(Fallback.HOLIDAYS_UNKNOWN);
        assertThat(lastDay(china, ZoneId.of("Asia/Shanghai")))
                .as("every day counts as a working day")
                .isEqualTo("2026-12-16");
        assertThat(deadlines
                        .deadline(SHIPPED, Right.COMPLAINT_ANSWERED, Optional.of("CN"), start)
                        .fallback())
                .as("a month asks for no holidays")
                .isEmpty();
    }

    @Test
    void whoLivesNobodyKnowsWhereIsUnderTheStrictestClock() {
        Instant start = Instant.parse("2026-12-01T04:00:00Z");
        for (Right right : Right.values()) {
            for (Optional<String> nowhere :
                    Set.<Optional<String>>of(Optional.empty(), Optional.of("XX"), Optional.of("de"), Optional.of(""))) {
                Deadline strictest = deadlines.deadline(SHIPPED, right, nowhere, start);
                assertThat(strictest.fallback()).contains(Fallback.PLACE_UNKNOWN);
                for (String country : Set.of("DE", "GB", "US-CA", "BR", "CN", "JP", "US-NY")) {
                    assertThat(strictest.due())
                            .as("%s of %s", right, country)
                            .isBeforeOrEqualTo(deadlines
                                    .deadline(SHIPPED, right, Optional.of(country), start)
                                    .due());
                }
            }
        }
        assertThat(from(SHIPPED, "JP", start).fallback())
                .as("a place that the law does not name is known all the same")
                .isEmpty();
    }

    @Test
    void whoLivesInAPartThatNobodyKnowsIsUnderTheStricterOfWhatMayHold() {
        Instant start = Instant.parse("2026-12-01T04:00:00Z");
        Deadline somewhere = from(SHIPPED, "US", start);

        assertThat(somewhere.fallback()).contains(Fallback.PART_UNKNOWN);
        assertThat(somewhere.due())
                .isBeforeOrEqualTo(from(SHIPPED, "US-CA", start).due())
                .isBeforeOrEqualTo(from(SHIPPED, "US-NY", start).due());
        assertThat(from(SHIPPED, "US-NY", start).jurisdiction()).isEqualTo("elsewhere");
        assertThat(from(SHIPPED, "GB-SCT", start).jurisdiction())
                .as("a part without clocks of its own has its country's")
                .isEqualTo("uk");
    }

    @Test
    void aClockThatIsNotThereIsNoReasonToHaveNoDeadline() {
        Map<String, Jurisdiction> clocks = new HashMap<>(SHIPPED);
        clocks.put("eu", new Jurisdiction(Set.of("DE"), Set.of(BERLIN), Map.of()));

        Deadline deadline = from(clocks, "DE", Instant.parse("2026-12-01T04:00:00Z"));
        assertThat(deadline.fallback()).contains(Fallback.CLOCK_UNKNOWN);
        assertThat(deadline.jurisdiction())
                .as("the first to end of those that are there")
                .isIn("brazil", "china");
    }

    @Test
    void whatIsNotKnownIsLoggedOnceAndNamesNobodysCountry() {
        Logger logger = (Logger) LoggerFactory.getLogger(Deadlines.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            Instant start = Instant.parse("2026-12-01T04:00:00Z");
            assertThat(from(SHIPPED, "DE", start).fallback()).isEmpty();
            assertThat(log.list).as("what is known is no news").isEmpty();

            assertThat(from(SHIPPED, "US", start).fallback()).isPresent();
            assertThat(from(SHIPPED, "US", start).fallback()).isPresent();
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage()).contains("PART_UNKNOWN").doesNotContain("US");
        });
    }

    @Test
    void whileNobodyKnowsWhoseClockRunsAPauseCountsOnlyAsFarAsAllOfThemStandStill() {
        ClockRule pausing = rule(10, Unit.CALENDAR_DAYS, false);
        ClockRule running = new ClockRule(
                new Span(12, Unit.CALENDAR_DAYS),
                ClockRule.Start.REQUEST_RECEIVED,
                false,
                false,
                Optional.empty(),
                "another law");
        Map<String, Jurisdiction> clocks = Map.of(
                "pausing", new Jurisdiction(Set.of("DE"), Set.of(BERLIN), forAll(pausing)),
                "running", new Jurisdiction(Set.of("FR"), Set.of(BERLIN), forAll(running)));
        Instant start = at("2026-12-01T12:00", BERLIN);
        Deadline nowhere = deadlines.deadline(clocks, Right.ACCESS, Optional.empty(), start);
        Instant later = at("2026-12-06T12:00", BERLIN);

        assertThat(nowhere.jurisdiction()).isEqualTo("pausing");
        assertThat(lastDay(nowhere, BERLIN)).isEqualTo("2026-12-11");
        assertThat(nowhere.paused(start, later).jurisdiction()).isEqualTo("running");
        assertThat(lastDay(nowhere.paused(start, later), BERLIN)).isEqualTo("2026-12-13");
        assertThat(lastDay(from(clocks, "DE", start).paused(start, later), BERLIN))
                .as("who is known to live there")
                .isEqualTo("2026-12-16");
    }

    @Test
    void underTheShippedLawNothingThatHappensMakesADeadlineSooner() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            anythingHappens(SHIPPED, seed, random);
        }
    }

    @Test
    void underWhateverLawNothingThatHappensMakesADeadlineSooner() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            Map<String, Jurisdiction> law = Map.of(
                    "one",
                    new Jurisdiction(Set.of("DE"), zones(random), forAll(anyRule(random))),
                    "two",
                    new Jurisdiction(Set.of("BR", "CN"), zones(random), forAll(anyRule(random))),
                    "part",
                    new Jurisdiction(Set.of("US-CA"), zones(random), forAll(anyRule(random))),
                    Jurisdiction.ELSEWHERE,
                    new Jurisdiction(Set.of(), zones(random), forAll(anyRule(random))));
            anythingHappens(law, seed, random);
        }
    }

    /** Among them such as change their clocks at midnight, by half an hour, or have left out a day. */
    private static Set<ZoneId> zones(Random random) {
        String[] names = {
            "Europe/Berlin",
            "Pacific/Kiritimati",
            "Pacific/Pago_Pago",
            "Pacific/Apia",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "America/Santiago",
            "Asia/Kathmandu"
        };
        return Set.copyOf(List.of(
                ZoneId.of(names[random.nextInt(names.length)]), ZoneId.of(names[random.nextInt(names.length)])));
    }

    private static ClockRule anyRule(Random random) {
        return new ClockRule(
                anySpan(random),
                ClockRule.Start.REQUEST_RECEIVED,
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean() ? Optional.of(anySpan(random)) : Optional.empty(),
                "a law");
    }

    private static Span anySpan(Random random) {
        Unit unit = Unit.values()[random.nextInt(Unit.values().length)];
        return new Span(1 + random.nextInt(unit == Unit.CALENDAR_MONTHS ? 12 : 45), unit);
    }

    private void anythingHappens(Map<String, Jurisdiction> law, long seed, Random random) {
        String[] places = {"DE", "FR", "BG", "GB", "US-CA", "US", "BR", "CN", "JP", "EG", "nowhere"};
        String place = places[random.nextInt(places.length)];
        Right right = Right.values()[random.nextInt(Right.values().length)];
        Instant start = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(4 * 365 * 86_400));
        Instant later = start.plusSeconds(random.nextInt(3 * 86_400));
        Deadline deadline = deadlines.deadline(law, right, Optional.of(place), start);
        Deadline paused = pausedAnyTime(deadline, start, "seed " + seed, random);
        Deadline twice = pausedAnyTime(paused, deadline.due().plus(Duration.ofDays(40)), "seed " + seed, random);
        String which = "seed " + seed + ": " + right + " in " + place + " by " + law + " from " + start + ": "
                + deadline + ", paused: " + paused + ", and again: " + twice;

        assertThat(deadline.due()).as(which).isAfter(start);
        assertThat(deadlines.deadline(law, right, Optional.of(place), later).due())
                .as(which)
                .isAfterOrEqualTo(deadline.due());
        assertThat(paused.due()).as(which).isAfterOrEqualTo(deadline.due());
        assertThat(twice.due()).as(which).isAfterOrEqualTo(paused.due());
        for (Deadline each : List.of(deadline, paused, twice)) {
            assertThat(each.escalateAt()).as(which).isBetween(start, each.due());
            if (each.isExtensible(start)) {
                Deadline extended = each.extended(start);
                assertThat(extended.due()).as(which).isAfterOrEqualTo(each.due());
                assertThat(extended.isExtensible(start)).as(which).isFalse();
            }
        }
    }

    /** For up to 40 days from some moment after this one; as it is if it is too late then. */
    private static Deadline pausedAnyTime(Deadline deadline, Instant after, String seed, Random random) {
        if (!after.isBefore(deadline.due())) {
            return deadline;
        }
        Instant from = after.plusSeconds(
                random.nextLong(Duration.between(after, deadline.due()).toSeconds()));
        Instant until = from.plusSeconds(random.nextInt(40 * 86_400));
        Deadline paused = deadline.paused(from, until);
        if (paused.rule().pausesForIdentity()) {
            assertThat(paused.due())
                    .as("%s: %s, paused from %s until %s", seed, deadline, from, until)
                    .isAfter(until);
        }
        return paused;
    }
}
