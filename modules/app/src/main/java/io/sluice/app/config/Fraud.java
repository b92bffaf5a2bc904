package io.sluice.app.config;

import io.sluice.commerce.fraud.FraudRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what is taken for a sign of fraud, before goods go out. */
final class Fraud {

    private static final Pattern SUM = Pattern.compile("([A-Z]{3}) ([0-9]{1,15})");
    private static final int MOST = 100_000;

    private Fraud() {}

    static FraudRules read(Section section) {
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
        FraudRules rules = new FraudRules(
                section.duration("window", Duration.ofHours(1)),
                section.number("most_orders", isForReal ? 30 : 0, 0, MOST),
                section.number("most_declined", isForReal ? 5 : 0, 0, MOST),
                sums);
        Values.positive("fraud.window", rules.window());
        return rules;
    }
}
