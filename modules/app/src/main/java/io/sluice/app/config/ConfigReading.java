package io.sluice.app.config;

import io.sluice.commerce.fraud.FraudRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One reading of all sources into one {@link Config}. */
final class ConfigReading {

    /** Where Sluice's own file lies, seen from its home. */
    static final Path OWN_FILE = Path.of("config", "sluice.yaml");

    private final List<Problem> problems = new ArrayList<>();
    private final Sources sources;
    private final Section root;

    ConfigReading(Map<String, Given> flags, Map<String, String> environment, Optional<Path> file, Path home) {
        Path own = home.resolve(OWN_FILE);
        Map<String, Given> keys = file.map(given -> YamlKeys.read(given, problems))
                .orElseGet(() -> Files.exists(own) ? YamlKeys.read(own, problems) : Map.of());
        sources = new Sources(flags, environment, keys, problems);
        // who brings a configuration of their own means it: nothing is made up unless it says development
        Profile unsaid = file.isPresent() ? Profile.PRODUCTION : Profile.DEVELOPMENT;
        Profile profile = new Section("", sources, problems, unsaid, home).oneOf("profile", unsaid);
        root = new Section("", sources, problems, profile, home);
    }

    /** Every key there is; known only after {@link #config}. */
    Set<String> keys() {
        return sources.asked();
    }

    Config config() {
        Path dataDir = root.path("data_dir", Path.of("data"));
        boolean developmentTls = root.flag("development_tls", false);
        if (developmentTls && !root.profile().isDevelopment()) {
            root.problem(
                    "development_tls", "is for development: here certificates are given, by http.tls and its like");
        }
        Path demo = root.path("demo_dir", Path.of("config", "demo"));
        Optional<PolicyConfig> policy = root.part("policy", PolicyConfig::read);
        Optional<NodeConfig> node = root.part("node", NodeConfig::read);
        Optional<Http> http = root.part("http", section -> Http.read(section, developmentTls));
        Optional<Management> management = root.part("management", section -> Management.read(section, developmentTls));
        Optional<DatabaseConfig> database = root.part("database", DatabaseConfig::read);
        Optional<VaultConfig> vault = root.part("vault", VaultConfig::read).flatMap(each -> each);
        Optional<LedgerConfig> ledger = root.part("ledger", LedgerConfig::read);
        Optional<Cluster> cluster = root.part("cluster", Cluster::read);
        Optional<Bus> bus = root.part("bus", Bus::read);
        Optional<Subjects> subjects = root.part("subjects", Subjects::read);
        Optional<Orders> orders = root.part("orders", Orders::read);
        Optional<FraudRules> fraud = root.part("fraud", Fraud::read);
        Optional<Payments> payments = root.part("payments", Payments::read);
        Optional<Carriers> carriers = root.part("carriers", Carriers::read);
        Optional<SubscriptionsConfig> subscriptions = root.part("subscriptions", SubscriptionsConfig::read);
        Optional<Sandbox> sandbox = root.part("sandbox", Sandbox::read);
        Optional<Limits> limits = root.part("limits", Limits::read);
        Optional<Auth> auth = root.part("auth", Auth::read);
        sources.refuseTheUnknown();
        if (!problems.isEmpty()) {
            throw new ConfigRefused(problems);
        }
        Optional<Config> whole = root.part(
                "",
                all -> new Config(
                        root.profile(),
                        dataDir,
                        developmentTls,
                        policy.orElseThrow(),
                        demo,
                        node.orElseThrow(),
                        http.orElseThrow(),
                        management.orElseThrow(),
                        database.orElseThrow(),
                        vault.orElseThrow(),
                        ledger.orElseThrow(),
                        cluster.orElseThrow(),
                        bus.orElseThrow(),
                        subjects.orElseThrow(),
                        orders.orElseThrow(),
                        fraud.orElseThrow(),
                        payments.orElseThrow(),
                        carriers.orElseThrow(),
                        subscriptions.orElseThrow(),
                        sandbox.orElseThrow(),
                        limits.orElseThrow(),
                        auth.orElseThrow()));
        return whole.orElseThrow(() -> new ConfigRefused(problems));
    }
}
