package io.sluice.stewardship.deadline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.Clause;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of the world's holidays. */
@Clause("D7")
class JollydayHolidaysTest {

    private final Holidays holidays = new JollydayHolidays();

    private Set<LocalDate> in(String place, int year) {
        return holidays.in(place, year).orElseThrow();
    }

    @Test
    void everyCountryOfTheLawIsKnownButChina() {
        String countries =
                "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO GB US-CA BR";

        assertThat(Arrays.stream(countries.split(" ")))
                .allSatisfy(country -> assertThat(in(country, 2027)).hasSizeGreaterThan(5));
        assertThat(holidays.in("CN", 2027)).isEmpty();
        assertThat(holidays.in("XX", 2027)).isEmpty();
    }

    @Test
    void whereTheWeekendIsAnotherNoWorkingDayIsKnown() {
        assertThat(holidays.in("EG", 2027)).as("rests on Fridays").isEmpty();
        assertThat(holidays.in("AE", 2027)).as("rests on Saturdays and Sundays").isPresent();
    }

    @Test
    void aDayThatIsKeptButNotOffIsNone() {
        assertThat(in("AT", 2027)).contains(LocalDate.of(2027, 12, 25)).doesNotContain(LocalDate.of(2027, 12, 24));
        assertThat(in("PT", 2027)).doesNotContain(LocalDate.of(2027, 2, 9));
        assertThat(in("IS", 2027)).as("beer day").doesNotContain(LocalDate.of(2027, 3, 1));
        assertThat(in("SK", 2027)).as("open since 2025").doesNotContain(LocalDate.of(2027, 11, 17));
        assertThat(in("US-CA", 2026)).contains(LocalDate.of(2026, 11, 26)).doesNotContain(LocalDate.of(2026, 11, 27));
        assertThat(in("BR", 2027)).contains(LocalDate.of(2027, 4, 21)).doesNotContain(LocalDate.of(2027, 2, 9));
    }

    @Test
    void aPartOfACountryHasDaysOfItsOwn() {
        LocalDate caesarChavez = LocalDate.of(2027, 3, 31);

        assertThat(in("US-CA", 2027)).contains(caesarChavez).contains(LocalDate.of(2027, 11, 25));
        assertThat(in("US", 2027)).doesNotContain(caesarChavez).contains(LocalDate.of(2027, 11, 25));
        assertThat(in("DE", 2027)).as("what only some states have").doesNotContain(LocalDate.of(2027, 11, 1));
        assertThat(in("DE-BY", 2027)).contains(LocalDate.of(2027, 11, 1));
        assertThat(in("DE-XX", 2027)).as("a part that nobody knows").isEqualTo(in("DE", 2027));
    }
}
