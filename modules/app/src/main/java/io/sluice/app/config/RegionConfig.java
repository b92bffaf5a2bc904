package io.sluice.app.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A region that has a store of keys of its own.
 *
 * @param name as persons' rows have it: it stays
 * @param countries ISO 3166-1, two capital letters: who names one of them is at home here
 */
public record RegionConfig(String name, Set<String> countries, KeyStoreConfig keys) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,30}");
    private static final Set<String> ALL_COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    public RegionConfig {
        countries = Set.copyOf(countries);
    }

    /** What stands in {@code region.<name>} for each name that {@code regions} lists. */
    static List<RegionConfig> read(Section section) {
        return section.list("regions").stream()
                .map(name -> one(section, name))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RegionConfig> one(Section section, String name) {
        if (!NAME.matcher(name).matches()) {
            section.problem("regions", "must name regions by small letters and digits, not \"" + name + "\"");
            return Optional.empty();
        }
        Section region = section.at("region").at(name);
        List<String> countries = region.list("countries");
        List<String> unknown =
                countries.stream().filter(one -> !ALL_COUNTRIES.contains(one)).toList();
        if (countries.isEmpty()) {
            region.missing("countries", "nobody would be at home there");
        } else if (!unknown.isEmpty()) {
            region.problem("countries", "must be countries by their two capital letters, as in DE; not " + unknown);
        }
        return KeyStoreConfig.read(region, false).map(keys -> new RegionConfig(name, Set.copyOf(countries), keys));
    }
}
