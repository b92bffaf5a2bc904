package io.sluice.stewardship.deadline;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/** The public holidays of the world, as far as somebody knows them. */
@FunctionalInterface
public interface Holidays {

    /**
     * The days of one year on which nobody works all over this place, weekends aside. A day too few makes a deadline earlier, a day
     * too many makes it late: what is in doubt is left out.
     *
     * @param place a country by ISO 3166-1, or a part of one by ISO 3166-2
     * @return empty if nobody knows, or if its weekends are no Saturdays and Sundays; it is then empty for every year
     */
    Optional<Set<LocalDate>> in(String place, int year);
}
