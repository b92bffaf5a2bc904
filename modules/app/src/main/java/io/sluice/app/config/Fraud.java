package io.sluice.app.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is taken for a sign of fraud, before goods go out.
 *
 * @param window the time before an order in which its buyer's others are counted
 * @param mostOrders so many a buyer may place within it; 0: not counted
 * @param mostDeclined so many payments of theirs may be declined within it; 0: not counted
 * @param abroadFrom by currency: from this sum on, in minor units, an order that leaves its buyer's country is looked at
 */
public record Fraud(Duration window, int mostOrders, int mostDeclined, Map<String, Long> abroadFrom) {

    private static final Pattern SUM = Pattern.compile("([A-Z]{3}) ([0-9]{1,15})");
    private static final int MOST = 100_000;

    public Fraud {
        Values.positive("fraud.window", window);
        abroadFrom = Map.copyOf(abroadFrom);
    }

    /** Whether there is any rule to look at orders by. */
    boolean looks() {
        return mostOrders > 0 || mostDeclined > 0 || !abroadFrom.isEmpty();
    }

    static Fraud read(Section section) {
        // in development a few customers place all orders
        boolean isForReal = !section.profile().isDevelopment();
        Map<String, Long> sums = new HashMap<>();
        for (String sum : section.list("abroad_from")) {
            Matcher matcher = SUM.matcher(sum.strip());
            if (matcher.matches()) {
                sums.put(matcher.group(1), Long.valueOf(matcher.group(2)));
            } else {
                section.problem("abroad_from", "must be currencies and sums in minor units, such as EUR 50000");
            }
        }
        return new Fraud(
                section.duration("window", Duration.ofHours(1)),
                section.number("most_orders", isForReal ? 30 : 0, 0, MOST),
                section.number("most_declined", isForReal ? 5 : 0, 0, MOST),
                sums);
    }
}
