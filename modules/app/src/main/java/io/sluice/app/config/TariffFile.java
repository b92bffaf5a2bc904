package io.sluice.app.config;

import io.sluice.commerce.pricing.ShippingTable;
import io.sluice.commerce.pricing.Tariff;
import io.sluice.commerce.pricing.TaxRate;
import io.sluice.commerce.pricing.TaxTable;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what orders cost beyond their goods: {@code config/tariff.yaml} says how such a file is written. */
public final class TariffFile {

    private final Path file;
    private final List<Problem> problems;
    private final Map<String, Map<String, TaxRate>> tax = new HashMap<>();
    private final Map<String, Map<String, NavigableMap<Long, Long>>> shipping = new HashMap<>();
    private boolean isTaxOnTop;

    private TariffFile(Path file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * What orders cost beyond their goods.
     *
     * @throws ConfigRefused naming everything that is wrong with the file
     */
    public static Tariff read(Path file) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Given> keys = YamlKeys.read(file, problems);
        TariffFile reading = new TariffFile(file, problems);
        keys.forEach(reading::take);
        if (problems.isEmpty() && !keys.containsKey("prices")) {
            problems.add(new Problem(file.toString(), "says nothing of prices: include_tax, or exclude_tax"));
        }
        if (problems.isEmpty() && (reading.tax.isEmpty() || reading.shipping.isEmpty())) {
            problems.add(new Problem(
                    file.toString(), "names no rate of tax, or none of shipping: nothing could be sold to anywhere"));
        }
        return reading.tariff().orElseThrow(() -> new ConfigRefused(problems));
    }

    private void take(String key, Given given) {
        List<String> words = List.of(key.split("\\."));
        if (given.list()) {
            wrong(key, given, "is a list; it needs one value");
        } else if (key.equals("prices")) {
            prices(given);
        } else if (words.size() == 3 && words.getFirst().equals("tax")) {
            tax(words.get(1), words.get(2), key, given);
        } else if ((words.size() == 3 || words.size() == 4) && words.getFirst().equals("shipping")) {
            shipping(words.get(1), words.get(2), words.size() == 4 ? words.get(3) : "0", key, given);
        } else {
            wrong(key, given, "is not known; there are prices, tax.PLACE.CLASS, shipping.PLACE.CURRENCY");
        }
    }

    private void prices(Given given) {
        String said = given.items().getFirst();
        isTaxOnTop = said.equals("exclude_tax");
        if (!isTaxOnTop && !said.equals("include_tax")) {
            wrong("prices", given, "must be include_tax or exclude_tax");
        }
    }

    private void tax(String place, String taxClass, String key, Given given) {
        number(key, given, "a percentage such as 19 or 8.875", text -> TaxRate.ofPercent(new BigDecimal(text)))
                .ifPresent(rate ->
                        tax.computeIfAbsent(place, none -> new HashMap<>()).put(taxClass, rate));
    }

    private void shipping(String place, String currency, String from, String key, Given given) {
        String mustBe = "an amount in minor units, for goods from an amount in minor units on";
        number(key, given, mustBe, text -> Map.entry(Long.valueOf(from), Long.valueOf(text)))
                .ifPresent(step -> shipping.computeIfAbsent(place, none -> new HashMap<>())
                        .computeIfAbsent(currency, none -> new TreeMap<>())
                        .put(step.getKey(), step.getValue()));
    }

    private <T> Optional<T> number(String key, Given given, String mustBe, Function<String, T> reading) {
        try {
            return Optional.of(reading.apply(given.items().getFirst().strip()));
        } catch (IllegalArgumentException | ArithmeticException unusable) {
            wrong(key, given, "must be " + mustBe);
            return Optional.empty();
        }
    }

    private void wrong(String key, Given given, String what) {
        problems.add(new Problem(key + " (" + given.origin() + ")", what));
    }

    private Optional<Tariff> tariff() {
        try {
            return problems.isEmpty()
                    ? Optional.of(new Tariff(isTaxOnTop, new TaxTable(tax), new ShippingTable(shipping)))
                    : Optional.empty();
        } catch (IllegalArgumentException unusable) {
            problems.add(new Problem(file.toString(), String.valueOf(unusable.getMessage())));
            return Optional.empty();
        }
    }
}
