package io.sluice.app.config;

import io.sluice.commerce.fraud.FraudRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that one node is told, checked whole.
 *
 * @param dataDir what a development node keeps: database, keys, certificates, the outer world's books
 * @param developmentTls whether all links of a development node speak TLS, by certificates that it makes for itself
 * @param demo folder of the demo's people, products and orders
 */
public record Config(
        Profile profile,
        Path dataDir,
        boolean developmentTls,
        PolicyConfig policy,
        Path demo,
        NodeConfig node,
        Http http,
        Management management,
        DatabaseConfig database,
        VaultConfig vault,
        LedgerConfig ledger,
        Cluster cluster,
        Bus bus,
        Subjects subjects,
        Orders orders,
        FraudRules fraud,
        Payments payments,
        Carriers carriers,
        SubscriptionsConfig subscriptions,
        Sandbox sandbox,
        Limits limits,
        Auth auth) {

    public Config {
        if (vault.regions().stream().anyMatch(region -> region.name().equals(subjects.region()))) {
            throw new IllegalArgumentException("vault.regions names " + subjects.region()
                    + ", which is subjects.region: its keys rest in vault.database");
        }
        KeysApart apart = new KeysApart(!profile.isDevelopment());
        apart.database("database", database);
        apart.store("vault", vault.keys());
        vault.regions().forEach(region -> apart.store("vault.region." + region.name(), region.keys()));
        Duration partner =
                payments.timeout().compareTo(carriers.timeout()) > 0 ? payments.timeout() : carriers.timeout();
        if (bus.askTimeout().compareTo(partner) <= 0) {
            throw new IllegalArgumentException(
                    "bus.ask_timeout must exceed payments.timeout and carriers.timeout: who asks must outwait who answers");
        }
        int questions = fraud.isIdle() ? 2 : 3;
        if (orders.stepLease().compareTo(bus.askTimeout().multipliedBy(questions)) <= 0) {
            throw new IllegalArgumentException(
                    "orders.step_lease must exceed " + (fraud.isIdle() ? "twice" : "three times")
                            + " bus.ask_timeout: else a step under way,"
                            + " which may ask its partner and then send, would be taken for abandoned");
        }
    }

    /** Each region's store of keys, that of {@code subjects.region} first. */
    public Map<String, KeyStoreConfig> keyStores() {
        Map<String, KeyStoreConfig> stores = new LinkedHashMap<>();
        stores.put(subjects.region(), vault.keys());
        vault.regions().forEach(region -> stores.put(region.name(), region.keys()));
        return stores;
    }

    /** Where somebody of this country is at home. */
    public String homeRegion(String country) {
        return vault.regions().stream()
                .filter(region -> region.countries().contains(country))
                .map(RegionConfig::name)
                .findFirst()
                .orElse(subjects.region());
    }

    /**
     * Reads a configuration.
     *
     * @param flags keys given on the command line, such as {@code http.port}, each with the flag's name and value
     * @param environment all variables of the process; those that start with {@code SLUICE_} are ours
     * @param file the file named by the operator; empty: Sluice's own {@code config/sluice.yaml} if it is there, and then
     *     the profile is development unless something says otherwise
     * @param home where Sluice lies: relative paths of the file count from here
     * @throws ConfigRefused naming every problem
     */
    public static Config read(
            Map<String, Flag> flags, Map<String, String> environment, Optional<Path> file, Path home) {
        return new ConfigReading(flags(flags), environment, file, home).config();
    }

    /** What a command line said about one key. */
    public record Flag(String name, String value) {}

    private static Map<String, Given> flags(Map<String, Flag> flags) {
        Map<String, Given> given = new TreeMap<>();
        flags.forEach((key, flag) -> given.put(key, Given.scalar(flag.value(), "flag " + flag.name())));
        return given;
    }
}
