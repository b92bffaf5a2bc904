package io.sluice.app.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.gateway.http.Rate;
import io.sluice.kernel.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node may be told, and what stops it. */
class ConfigTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final String SECRET = "correct-horse-battery";

    private static final String STRIPES = "whsec_0123456789abcdefghij";
    private static final String ADYENS = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String PUBLIC_KEY = "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, Config.Flag> flags = new TreeMap<>();

    @Test
    void nothingSaidIsTheDevelopmentProfile() {
        Config config = read();

        assertThat(config.profile()).isEqualTo(Profile.DEVELOPMENT);
        assertThat(config.http().port()).isEqualTo(8080);
        assertThat(config.dataDir()).isEqualTo(folder.resolve("data"));
        assertThat(config.database().url()).isEmpty();
    }

    @Test
    void theShippedFileSaysWhatTheDefaultsAre() {
        Config shipped = Config.read(flags, environment, Optional.of(REPOSITORY.resolve("config/sluice.yaml")), folder);

        assertThat(shipped).isEqualTo(read());
    }

    @Test
    void theShippedFileHoldsEveryKeyAndNoOther() throws IOException {
        ConfigReading reading = new ConfigReading(Map.of(), Map.of(), Optional.empty(), folder);
        assertThat(reading.config()).isNotNull();
        List<String> shipped = keysOf(Files.readString(REPOSITORY.resolve("config/sluice.yaml")));

        assertThat(shipped).containsExactlyInAnyOrderElementsOf(reading.keys());
    }

    @Test
    void flagsComeBeforeEnvironmentBeforeFile() throws IOException {
        Path file = write("profile: development\nhttp: {port: 1, idle_timeout: 1s}\nmanagement: {port: 1}\n");
        environment.put("SLUICE_HTTP_PORT", "2");
        environment.put("SLUICE_MANAGEMENT_PORT", "2");
        flags.put("http.port", new Config.Flag("--port", "3"));

        Config config = Config.read(flags, environment, Optional.of(file), folder);

        assertThat(config.http().port()).isEqualTo(3);
        assertThat(config.management().port()).isEqualTo(2);
        assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() throws IOException {
        Path file = write("profile: development\nhttp: {port: 1}\n");
        environment.put("SLUICE_HTTP_PORT", "");

        assertThat(Config.read(flags, environment, Optional.of(file), folder)
                        .http()
                        .port())
                .isEqualTo(1);
    }

    @Test
    void aSecretCanBeReadFromAFile() throws IOException {
        Path secret = write(SECRET + "\n");
        environment.put("SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET_FILE", secret.toString());

        assertThat(read().payments().sandbox().webhookSecrets()).containsExactly(new Secret(SECRET));
    }

    @Test
    void aSecretFileThatIsNotThereStopsTheStart() {
        environment.put("SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET_FILE", "/nowhere/at/all");

        assertThat(refused()).contains("payments.sandbox.webhook_secret", "/nowhere/at/all");
    }

    @Test
    void aSecretGivenTwiceStopsTheStart() throws IOException {
        environment.put(
                "SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET_FILE", write(SECRET).toString());
        environment.put("SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET", SECRET);

        assertThat(refused()).contains("both set").doesNotContain(SECRET);
    }

    @Test
    void secretsRotateByCommas() {
        environment.put("SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET", "new, old");

        assertThat(read().payments().sandbox().webhookSecrets()).containsExactly(new Secret("new"), new Secret("old"));
    }

    @Test
    void aSecretInAFormThatItsPartnerNeverWritesStopsTheStart() {
        environment.put("SLUICE_CARRIERS_STANDARD_WEBHOOK_SECRET", SECRET);

        assertThat(refused())
                .contains("carriers.standard.webhook_secret", "whsec_")
                .doesNotContain(SECRET);
    }

    @Test
    void whoHasASecretMayCallBack() throws IOException {
        Path file = write("""
                profile: development
                payments:
                  stripe: {webhook_secret: "%s"}
                  adyen: {webhook_secret: ["%s", "%s"], speaks_for: [sandbox, stripe]}
                  standard: {webhook_secret: "%s"}
                carriers:
                  easypost: {webhook_secret: "%s"}
                """.formatted(STRIPES, ADYENS, "0".repeat(64), PUBLIC_KEY, SECRET));

        Config config = Config.read(flags, environment, Optional.of(file), folder);

        assertThat(config.payments().stripe().account().webhookSecrets()).containsExactly(new Secret(STRIPES));
        assertThat(config.payments().adyen().webhookSecrets())
                .containsExactly(new Secret(ADYENS), new Secret("0".repeat(64)));
        assertThat(config.payments().adyen().speaksFor())
                .containsExactlyInAnyOrder(Payments.Provider.SANDBOX, Payments.Provider.STRIPE);
        assertThat(config.payments().standard().webhookSecrets()).containsExactly(new Secret(PUBLIC_KEY));
        assertThat(config.payments().standard().speaksFor()).isEmpty();
        assertThat(config.carriers().easypost().webhookSecrets()).containsExactly(new Secret(SECRET));
        assertThat(config.carriers().standard().webhookSecrets()).isEmpty();
        assertThat(config.toString()).doesNotContain(STRIPES, ADYENS, PUBLIC_KEY, SECRET);
    }

    @Test
    void nobodySpeaksForAProviderThatNobodyCanCall() {
        environment.put("SLUICE_PAYMENTS_ADYEN_SPEAKS_FOR", "adyen");
        assertThat(refused()).contains("payments.adyen.speaks_for", "some of sandbox, stripe");
    }

    @Test
    void whoeverChoosesStripeSaysByWhatItIsCalledAndCallsBack() {
        environment.put("SLUICE_PAYMENTS_PROVIDER", "stripe");
        assertThat(refused())
                .contains("payments.stripe.api_key: is missing", "SLUICE_PAYMENTS_STRIPE_API_KEY_FILE")
                .contains("payments.stripe.webhook_secret: is missing")
                .contains("payments.stripe.return_url: is missing");

        environment.put("SLUICE_PAYMENTS_STRIPE_API_KEY", "rk_live_1234567890");
        environment.put("SLUICE_PAYMENTS_STRIPE_WEBHOOK_SECRET", STRIPES);
        environment.put("SLUICE_PAYMENTS_STRIPE_RETURN_URL", "https://shop.example/paid");
        Config config = read();
        assertThat(config.payments().provider()).isEqualTo(Payments.Provider.STRIPE);
        assertThat(config.payments().stripe().url()).hasToString("https://api.stripe.com");
        assertThat(config.toString()).doesNotContain("rk_live");
    }

    @Test
    void whoeverDoesNotNeedsNothingOfIt() {
        assertThat(read().payments().provider()).isEqualTo(Payments.Provider.SANDBOX);
        assertThat(read().payments().stripe().account().apiKey()).isEmpty();
    }

    @Test
    void aProviderThatNobodyCanCallStopsTheStart() {
        environment.put("SLUICE_PAYMENTS_PROVIDER", "adyen");
        assertThat(refused()).contains("payments.provider", "one of sandbox, stripe");
    }

    @Test
    @Clause("B2")
    void stripeElsewhereIsCalledByHttps() {
        environment.put("SLUICE_PAYMENTS_STRIPE_URL", "http://203.0.113.7");
        assertThat(refused()).contains("payments.stripe.url", "must be https");

        environment.put("SLUICE_PAYMENTS_STRIPE_URL", "http://127.0.0.1:4711");
        assertThat(read().payments().stripe().url()).hasToString("http://127.0.0.1:4711");
    }

    @Test
    void aPartnersSecretCanBeReadFromAFile() throws IOException {
        environment.put(
                "SLUICE_PAYMENTS_STRIPE_WEBHOOK_SECRET_FILE",
                write(STRIPES + "\n").toString());

        assertThat(read().payments().stripe().account().webhookSecrets()).containsExactly(new Secret(STRIPES));
    }

    @ParameterizedTest
    @CsvSource({
        "STRIPE, whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=, no whpk_",
        "ADYEN, 44782DEF, 64 hexadecimal digits",
        "ADYEN, correct-horse-battery, 64 hexadecimal digits",
        "STANDARD, correct-horse-battery, whpk_",
        "STANDARD, whsec_c2hvcnQ=, whpk_",
        "STANDARD, whpk_c2hvcnQ=, whpk_",
        "STANDARD, whpk_YLQguzhR2dR6y5M9vnA5m/bJLaM68B1Pt3DpjAMl9B0=, whpk_"
    })
    void aSecretThatItsPartnerNeverWritesStopsTheStartAndIsNotShown(String partner, String secret, String wanted) {
        environment.put("SLUICE_PAYMENTS_" + partner + "_WEBHOOK_SECRET", secret);

        assertThat(refused())
                .contains("payments." + partner.toLowerCase(Locale.ROOT) + ".webhook_secret", wanted)
                .doesNotContain(secret);
    }

    @Test
    void aPublicKeyIsNobodysSharedSecret() {
        environment.put("SLUICE_PAYMENTS_SANDBOX_WEBHOOK_SECRET", PUBLIC_KEY);

        assertThat(refused()).contains("payments.sandbox.webhook_secret", "no whpk_");
    }

    @Test
    void aPartnerThatNobodyKnowsIsNotOverlooked() throws IOException {
        assertThat(refused(Optional.of(write("profile: development\npayments: {paypal: {webhook_secret: x}}\n"))))
                .contains("payments.paypal.webhook_secret", "there is no such key");
    }

    @Test
    void everyProblemOfEverySourceIsToldAtOnce() throws IOException {
        Path file = write("""
                profile: development
                http:
                  port: eighty
                  prot: 80
                cluster:
                  enabled: perhaps
                orders:
                  step_lease: 30
                limits: 7
                node:
                  roles: [gateway, king]
                """);
        environment.put("SLUICE_HTTP_HOSTT", "127.0.0.1");
        flags.put("management.port", new Config.Flag("--management-port", "65536"));

        String message = refused(Optional.of(file));

        assertThat(message)
                .contains("its configuration has 8 problems")
                .contains("http.port (" + file + ":3): must be a whole number from 0 to 65535, not \"eighty\"")
                .contains("http.prot (" + file + ":4): there is no such key; did you mean http.port?")
                .contains("cluster.enabled (" + file + ":6): must be true or false")
                .contains("orders.step_lease (" + file + ":8): must be a duration such as")
                .contains("limits (" + file + ":9): is a section of keys")
                .contains("node.roles (" + file + ":11): must be some of gateway, worker")
                .contains("management.port (flag --management-port)")
                .contains(
                        "environment SLUICE_HTTP_HOSTT: there is no key of that name; did you mean SLUICE_HTTP_HOST?");
    }

    @Test
    void aKeyWithoutAValueIsNotOverlooked() throws IOException {
        assertThat(refused(Optional.of(write("profile: development\nhtttp:\n"))))
                .contains("htttp");
    }

    @Test
    void aKeyGivenTwiceStopsTheStart() throws IOException {
        assertThat(refused(Optional.of(write("profile: development\nhttp: {port: 1}\nhttp: {port: 2}\n"))))
                .contains("http", "given twice");
    }

    @Test
    void brokenYamlIsToldByLineAndWithoutItsText() throws IOException {
        Path file = write("profile: development\npayments:\n  sandbox: {webhook_secret: \"" + SECRET + "\n");

        assertThat(refused(Optional.of(file)))
                .contains(file + ":", "not well-formed YAML")
                .doesNotContain(SECRET);
    }

    @Test
    void aFileThatIsNotThereStopsTheStart() {
        assertThat(refused(Optional.of(folder.resolve("none.yaml")))).contains("none.yaml", "no such file");
    }

    @Test
    void aConfigurationOfOnesOwnIsProductionUnlessItSaysOtherwise() throws IOException {
        String message = refused(Optional.of(write("http: {port: 1}\n")));

        assertThat(message)
                .contains("database.url: is missing", "SLUICE_DATABASE_URL_FILE")
                .contains("database.password: is missing")
                .contains("vault.database.url: is missing")
                .contains("vault.keystore.path: is missing")
                .contains("vault.keystore.password: is missing")
                .contains("orders.tariff: is missing")
                .contains("payments.sandbox.webhook_secret: is missing")
                .contains("carriers.sandbox.api_key: is missing");
    }

    @Test
    void productionStartsOnceEverythingIsSaid() throws IOException {
        Path file = write("""
                database: {url: "postgresql://shop@db.example:5432/shop?sslmode=verify-full", password: a, ca: pem}
                vault:
                  database: {url: "postgresql://keys@keys.example/keys?sslmode=verify-full", password: b, ca: pem}
                  keystore: {path: /etc/sluice/keystore, password: c}
                payments: {sandbox: {url: "https://pay.example", api_key: d, webhook_secret: e}}
                carriers: {sandbox: {url: "https://go.example", api_key: f, webhook_secret: g}}
                policy: {signers: /etc/sluice/signers.pem}
                orders: {tariff: /etc/sluice/tariff.yaml}
                """);

        Config config = Config.read(flags, environment, Optional.of(file), folder);

        assertThat(config.profile()).isEqualTo(Profile.PRODUCTION);
        assertThat(config.toString()).doesNotContain("password=a").contains("•••");
        assertThat(config.limits().principal()).isEqualTo(new Rate(20, 100));
        assertThat(config.limits().address()).isEqualTo(new Rate(50, 200));
    }

    @Test
    void productionWithStripeNeedsNoSandbox() throws IOException {
        Path file = write("""
                database: {url: "postgresql://shop@db.example:5432/shop?sslmode=verify-full", password: a, ca: pem}
                vault:
                  database: {url: "postgresql://keys@keys.example/keys?sslmode=verify-full", password: b, ca: pem}
                  keystore: {path: /etc/sluice/keystore, password: c}
                payments:
                  provider: stripe
                  stripe: {api_key: rk_live_1, webhook_secret: whsec_1, return_url: "https://shop.example/paid"}
                carriers: {sandbox: {url: "https://go.example", api_key: f, webhook_secret: g}}
                policy: {signers: /etc/sluice/signers.pem}
                orders: {tariff: /etc/sluice/tariff.yaml}
                """);

        Config config = Config.read(flags, environment, Optional.of(file), folder);

        assertThat(config.payments().sandbox().webhookSecrets()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?sslmode=disable",
                "?sslmode=allow",
                "?sslmode=prefer",
                "?sslmode=require",
                "?sslmode=verify-ca",
                "?sslmode=verify-full&sslmode=disable",
                "?sslmode=verify-fully",
                "?application_name=sslmode=verify-full",
            })
    @Clause("B2")
    void aDatabaseElsewhereMustBeVerified(String query) {
        environment.put("SLUICE_DATABASE_CA", "pem");
        environment.put("SLUICE_VAULT_DATABASE_CA", "pem");
        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@203.0.113.7/shop" + query);
        environment.put("SLUICE_VAULT_DATABASE_URL", "postgresql://keys@203.0.113.8/keys" + query);

        assertThat(refused())
                .contains("database.url (environment SLUICE_DATABASE_URL)", "sslmode=verify-full")
                .contains("vault.database.url (environment SLUICE_VAULT_DATABASE_URL)");

        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@203.0.113.7/shop?sslmode=verify-full");
        environment.put("SLUICE_VAULT_DATABASE_URL", "postgresql://keys@203.0.113.8/keys?sslmode=verify-full");
        assertThat(read().database().url()).isPresent();
    }

    @Test
    void aDatabaseOnThisMachineIsPlainOrVerifiedAndNothingBetween() {
        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@127.0.0.1/shop?sslmode=require");
        assertThat(refused()).contains("database.url", "sslmode=verify-full", "sslmode=disable");

        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@127.0.0.1/shop?sslmode=disable");
        assertThat(read().database().url()).isPresent();

        environment.put("SLUICE_DATABASE_CA", "pem");
        assertThat(refused()).contains("there is an authority to verify it by");
    }

    @Test
    void aDatabaseCannotBeVerifiedWithoutAnAuthority() {
        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@203.0.113.7/shop?sslmode=verify-full");

        assertThat(refused()).contains("database.ca: is missing");
    }

    @Test
    void aPasswordInsideAnAddressIsRefusedAndNotShown() {
        environment.put("SLUICE_DATABASE_URL", "postgresql://shop:" + SECRET + "@localhost/shop");

        assertThat(refused()).contains("database.url", "password").doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "management"})
    @Clause("B2")
    void outsideLoopbackAPlainPortMustBeAskedForInSoManyWords(String door) {
        String variable = "SLUICE_" + door.toUpperCase(Locale.ROOT);
        environment.put(variable + "_HOST", "0.0.0.0");
        assertThat(refused())
                .contains(door + ".host (environment " + variable + "_HOST)", "0.0.0.0 can be reached from outside")
                .contains(door + ".tls.certificate", door + ".plain_text: behind-a-trusted-proxy");

        environment.put(variable + "_PLAIN_TEXT", "yes");
        assertThat(refused()).contains(door + ".plain_text", "must be one of loopback, behind-a-trusted-proxy");

        environment.put(variable + "_PLAIN_TEXT", "behind-a-trusted-proxy");
        Config config = read();
        assertThat(
                        door.equals("http")
                                ? config.http().plainText()
                                : config.management().plainText())
                .isEqualTo(PlainText.BEHIND_A_TRUSTED_PROXY);
    }

    @Test
    void aPlainPortThatHasACertificateIsAContradiction() {
        environment.put("SLUICE_HTTP_PLAIN_TEXT", "behind-a-trusted-proxy");
        environment.put("SLUICE_HTTP_TLS_CERTIFICATE", "-----BEGIN CERTIFICATE-----\n");
        environment.put("SLUICE_HTTP_TLS_KEY", "-----BEGIN PRIVATE KEY-----\n");

        assertThat(refused()).contains("http.plain_text", "contradict each other");
    }

    @Test
    void howOftenTheApiMayBeCalledIsLimitedUnlessItIsDevelopmentOrSaidOtherwise() throws IOException {
        assertThat(read().limits().principal().isUnlimited()).isTrue();
        assertThat(read().limits().address().isUnlimited()).isTrue();

        environment.put("SLUICE_LIMITS_PRINCIPAL_RATE", "7");
        environment.put("SLUICE_LIMITS_ADDRESS_BURST", "9");
        assertThat(read().limits().principal()).isEqualTo(new Rate(7, 100));
        assertThat(read().limits().address()).isEqualTo(new Rate(0, 9));

        environment.put("SLUICE_LIMITS_ADDRESS_BURST", "0");
        assertThat(refused()).contains("limits.address.burst", "a whole number from 1 to");
    }

    @Test
    void whereRequestsComeFromIsNotKnownBehindAProxyThatDoesNotSay() {
        assertThat(read().http().forwardedBy()).isZero();
        assertThat(read().http().knowsAddresses(Profile.DEVELOPMENT)).isTrue();
        assertThat(read().http().knowsAddresses(Profile.PRODUCTION))
                .as("in plain text on loopback: a proxy on the same machine")
                .isFalse();

        environment.put("SLUICE_HTTP_PLAIN_TEXT", "behind-a-trusted-proxy");
        assertThat(read().http().knowsAddresses(Profile.DEVELOPMENT)).isFalse();

        environment.put("SLUICE_HTTP_FORWARDED_BY", "1");
        assertThat(read().http().knowsAddresses(Profile.DEVELOPMENT)).isTrue();
    }

    @Test
    void onlyDevelopmentMakesItsOwnCertificates() {
        environment.put("SLUICE_DEVELOPMENT_TLS", "true");
        environment.put("SLUICE_HTTP_HOST", "0.0.0.0");
        assertThat(read().developmentTls()).isTrue();

        environment.put("SLUICE_PROFILE", "production");
        assertThat(refused()).contains("development_tls (environment SLUICE_DEVELOPMENT_TLS)", "http.tls");
    }

    @Test
    void aCertificateRemembersTheFilesThatItWasReadFrom() throws IOException {
        Path certificate = write("-----BEGIN CERTIFICATE-----\n");
        Path key = write("-----BEGIN PRIVATE KEY-----\n");
        environment.put("SLUICE_HTTP_TLS_CERTIFICATE_FILE", certificate.toString());
        environment.put("SLUICE_HTTP_TLS_KEY_FILE", key.toString());

        assertThat(read().http().tls().flatMap(Pem::source)).contains(new Pem.Source(certificate, key));

        environment.remove("SLUICE_HTTP_TLS_KEY_FILE");
        environment.put("SLUICE_HTTP_TLS_KEY", "-----BEGIN PRIVATE KEY-----\n");
        assertThat(read().http().tls().flatMap(Pem::source)).isEmpty();
    }

    @Test
    @Clause("B2")
    void aPartnerElsewhereIsCalledByHttps() {
        environment.put("SLUICE_PAYMENTS_SANDBOX_URL", "http://203.0.113.7");
        assertThat(refused()).contains("payments.sandbox.url", "must be https");

        environment.put("SLUICE_PAYMENTS_SANDBOX_URL", "https://203.0.113.7");
        assertThat(read().payments().sandbox().url()).isPresent();
    }

    @Test
    void aPortWithACertificateMayBeReachedFromOutside() {
        environment.put("SLUICE_HTTP_HOST", "0.0.0.0");
        environment.put("SLUICE_HTTP_TLS_CERTIFICATE", "-----BEGIN CERTIFICATE-----\n");
        environment.put("SLUICE_HTTP_TLS_KEY", "-----BEGIN PRIVATE KEY-----\n");

        assertThat(read().http().tls()).isPresent();
    }

    @Test
    void aMembershipLinkOutsideLoopbackMustBeSpelledOut() {
        environment.put("SLUICE_CLUSTER_ENABLED", "true");
        environment.put("SLUICE_CLUSTER_HOST", "203.0.113.7");
        assertThat(refused()).contains("cluster.membership: trusted-network");

        environment.put("SLUICE_CLUSTER_MEMBERSHIP", "trusted-network");
        assertThat(read().cluster().trustedNetwork()).isTrue();
    }

    @Test
    void ordersGoToTheCarrierByThemselvesUnlessToldNotTo() {
        assertThat(read().orders().autoDispatch()).isTrue();

        environment.put("SLUICE_ORDERS_AUTO_DISPATCH", "false");
        assertThat(read().orders().autoDispatch()).isFalse();
    }

    @Test
    void timeOutsThatContradictEachOtherStopTheStart() {
        environment.put("SLUICE_PAYMENTS_TIMEOUT", "10s");
        assertThat(refused()).contains("bus.ask_timeout must exceed payments.timeout");

        environment.put("SLUICE_BUS_ASK_TIMEOUT", "15s");
        assertThat(read().orders().stepLease()).isEqualTo(Duration.ofSeconds(35));
        environment.put("SLUICE_FRAUD_MOST_ORDERS", "30");
        assertThat(refused()).contains("orders.step_lease must exceed three times bus.ask_timeout");
        environment.put("SLUICE_FRAUD_MOST_ORDERS", "0");
        environment.put("SLUICE_BUS_ASK_TIMEOUT", "18s");
        assertThat(refused()).contains("orders.step_lease must exceed twice bus.ask_timeout");
    }

    @Test
    void aDatabaseIsGivenTimeToSayForItselfThatItIsTooSlow() {
        environment.put("SLUICE_DATABASE_ANSWER_TIMEOUT", "6s");
        assertThat(refused()).contains("database: answer_timeout must exceed statement_timeout");

        environment.put("SLUICE_DATABASE_STATEMENT_TIMEOUT", "2s");
        assertThat(refused()).contains("database: statement_timeout must exceed lock_timeout");

        environment.put("SLUICE_DATABASE_LOCK_TIMEOUT", "0s");
        assertThat(refused()).contains("database: a database's time-outs must be longer than nothing");

        environment.put("SLUICE_DATABASE_LOCK_TIMEOUT", "1s");
        assertThat(read().database().timeouts().lock()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read().vault().keys().database().timeouts().lock())
                .as("the keys' database has its own")
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theCarriersTimeOutBindsTheAskersToo() {
        environment.put("SLUICE_CARRIERS_TIMEOUT", "10s");
        assertThat(refused()).contains("bus.ask_timeout must exceed payments.timeout and carriers.timeout");

        environment.put("SLUICE_CARRIERS_TIMEOUT", "9s");
        assertThat(read().carriers().timeout()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aTransitEngineNeedsAnAddressAndATokenAndHttpsElsewhere() {
        environment.put("SLUICE_VAULT_PROVIDER", "transit");
        assertThat(refused()).contains("vault.transit.url: is missing", "vault.transit.token: is missing");

        environment.put("SLUICE_VAULT_TRANSIT_URL", "http://192.0.2.1:8200");
        environment.put("SLUICE_VAULT_TRANSIT_TOKEN", SECRET);
        assertThat(refused()).contains("vault.transit.url", "must be https").doesNotContain(SECRET);

        environment.put("SLUICE_VAULT_TRANSIT_URL", "http://127.0.0.1:8200");
        assertThat(read().vault().keys().transit()).hasValueSatisfying(transit -> {
            assertThat(transit.key()).isEqualTo("sluice");
            assertThat(transit.toString()).doesNotContain(SECRET);
        });
    }

    @Test
    void whatIsSaidOfATransitEngineThatIsNotAskedDoesNotMatter() {
        environment.put("SLUICE_VAULT_TRANSIT_URL", "http://192.0.2.1:8200");
        assertThat(read().vault().keys().transit()).isEmpty();
    }

    @Test
    void aRegionHasCountriesAndAStoreOfItsOwn() {
        environment.put("SLUICE_VAULT_REGIONS", "eu,us");
        assertThat(refused())
                .contains("vault.region.eu.countries: is missing", "vault.region.us.countries: is missing");

        environment.put("SLUICE_VAULT_REGION_EU_COUNTRIES", "DE,FR");
        environment.put("SLUICE_VAULT_REGION_US_COUNTRIES", "US");
        environment.put("SLUICE_VAULT_REGION_US_DATABASE_URL", "postgresql://keys@127.0.0.1:5433/keys");
        Config config = read();
        assertThat(config.keyStores()).containsOnlyKeys("local", "eu", "us");
        assertThat(config.keyStores())
                .hasEntrySatisfying(
                        "us", keys -> assertThat(keys.database().url()).isPresent())
                .hasEntrySatisfying(
                        "eu", keys -> assertThat(keys.database().url()).isEmpty());
        assertThat(List.of("DE", "US", "JP")).extracting(config::homeRegion).containsExactly("eu", "us", "local");
    }

    @Test
    void aRegionThatNobodyCouldTellFromAnotherIsRefused() {
        environment.put("SLUICE_VAULT_REGIONS", "eu,us");
        environment.put("SLUICE_VAULT_REGION_EU_COUNTRIES", "DE,FR");
        environment.put("SLUICE_VAULT_REGION_US_COUNTRIES", "US,DE");
        assertThat(refused()).contains("DE is a country of two regions");

        environment.put("SLUICE_VAULT_REGION_US_COUNTRIES", "usa");
        assertThat(refused()).contains("vault.region.us.countries", "two capital letters", "usa");

        environment.put("SLUICE_VAULT_REGION_US_COUNTRIES", "US");
        environment.put("SLUICE_SUBJECTS_REGION", "eu");
        assertThat(refused()).contains("vault.regions names eu, which is subjects.region");

        environment.put("SLUICE_SUBJECTS_REGION", "local");
        environment.put("SLUICE_VAULT_REGIONS", "eu,US East");
        assertThat(refused()).contains("vault.regions", "small letters and digits");
    }

    @Test
    @Clause("B3")
    void keysRestInNoDatabaseOfAnotherStoreNorBesideWhatTheySeal() {
        environment.put("SLUICE_DATABASE_URL", "postgresql://shop@127.0.0.1/shop");
        environment.put("SLUICE_VAULT_DATABASE_URL", "postgresql://keys@127.0.0.1:5432/shop");
        assertThat(refused()).contains("vault.database and database must not share a database");

        environment.put("SLUICE_VAULT_DATABASE_URL", "postgresql://keys@127.0.0.1:5432/keys");
        environment.put("SLUICE_VAULT_REGIONS", "eu");
        environment.put("SLUICE_VAULT_REGION_EU_COUNTRIES", "DE,FR");
        environment.put("SLUICE_VAULT_REGION_EU_DATABASE_URL", "postgresql://eu@127.0.0.1/keys");
        assertThat(refused()).contains("vault.region.eu.database and vault.database must not share a database");

        environment.put("SLUICE_VAULT_REGION_EU_DATABASE_URL", "postgresql://eu@127.0.0.1/keys_eu");
        assertThat(read().keyStores()).containsOnlyKeys("local", "eu");
    }

    @Test
    @Clause("B3")
    void twoRegionsHaveKeyEncryptionKeysOfTheirOwn() {
        environment.put("SLUICE_VAULT_REGIONS", "eu");
        environment.put("SLUICE_VAULT_REGION_EU_COUNTRIES", "DE,FR");
        for (String store : List.of("SLUICE_VAULT", "SLUICE_VAULT_REGION_EU")) {
            environment.put(store + "_KEYSTORE_PATH", "keys/one");
        }
        assertThat(refused()).contains("vault.region.eu.keystore and vault.keystore must not share a keystore file");

        for (String store : List.of("SLUICE_VAULT", "SLUICE_VAULT_REGION_EU")) {
            environment.put(store + "_PROVIDER", "transit");
            environment.put(store + "_TRANSIT_URL", "https://vault.example");
            environment.put(store + "_TRANSIT_TOKEN", SECRET);
        }
        assertThat(refused()).contains("vault.region.eu.transit and vault.transit must not share a transit key");

        environment.put("SLUICE_VAULT_REGION_EU_TRANSIT_KEY", "sluice-eu");
        assertThat(read().keyStores()).containsOnlyKeys("local", "eu");
    }

    @Test
    void anEpochIsADayItsGraceAWeekAndNeitherIsNothing() {
        assertThat(read().vault().epoch()).isEqualTo(Duration.ofDays(1));
        assertThat(read().vault().grace()).isEqualTo(Duration.ofDays(7));

        environment.put("SLUICE_VAULT_EPOCH", "5s");
        assertThat(refused()).contains("vault.epoch must be a minute at least");

        environment.put("SLUICE_VAULT_EPOCH", "1m");
        environment.put("SLUICE_VAULT_GRACE", "0s");
        assertThat(refused()).contains("vault.grace must be longer than nothing");
    }

    @Test
    void whatKubernetesPutsInUnaskedIsExplained() {
        environment.put("SLUICE_SERVICE_HOST", "10.0.0.1");

        assertThat(refused()).contains("SLUICE_SERVICE_HOST", "enableServiceLinks: false");
    }

    @Test
    void thePodsSettingsAreUnderstood() throws IOException {
        for (String file : List.of("k8s/base/settings.env", "k8s/overlays/production/settings.env")) {
            for (String line : Files.readAllLines(REPOSITORY.resolve(file))) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int cut = line.indexOf('=');
                    environment.put(line.substring(0, cut), mounted(line.substring(0, cut), line.substring(cut + 1)));
                }
            }
        }
        environment.put("SLUICE_CLUSTER_HOST", "10.1.2.3");
        environment.put("SLUICE_NODE_ROLES", "gateway");

        String keys = Objects.requireNonNull(environment.get("SLUICE_VAULT_DATABASE_URL_FILE"));
        Files.writeString(Path.of(keys), "postgresql://u@db.example/keys?sslmode=verify-full");
        assertThat(refused()).contains("vault.database and database must not share a role");
        Files.writeString(Path.of(keys), "postgresql://keys@db.example/keys?sslmode=verify-full");

        Config config = read();

        assertThat(config.profile()).isEqualTo(Profile.PRODUCTION);
        assertThat(config.payments().sandbox().webhookSecrets()).isNotEmpty();
        assertThat(config.cluster().trustedNetwork()).isTrue();
        assertThat(config.http().forwardedBy()).as("the ingress").isEqualTo(1);
        assertThat(config.node().roles()).containsExactly(NodeRole.GATEWAY);
    }

    /** Stands for the secret that a pod finds at a mounted path. */
    private String mounted(String variable, String value) throws IOException {
        if (!variable.endsWith("_FILE")) {
            return value;
        }
        String text = variable.contains("CERTIFICATE") || variable.contains("_CA_")
                ? "-----BEGIN CERTIFICATE-----"
                : variable.contains("_KEY_FILE")
                        ? "-----BEGIN PRIVATE KEY-----"
                        : variable.contains("_URL_") ? "postgresql://u@db.example/d?sslmode=verify-full" : SECRET;
        return write(text).toString();
    }

    private Config read() {
        return Config.read(flags, environment, Optional.empty(), folder);
    }

    private String refused() {
        return refused(Optional.empty());
    }

    private String refused(Optional<Path> file) {
        ConfigRefused refused =
                catchThrowableOfType(ConfigRefused.class, () -> Config.read(flags, environment, file, folder));
        assertThat(refused).as("the start is stopped").isNotNull();
        return String.valueOf(refused.getMessage());
    }

    private Path write(String text) throws IOException {
        Path file = Files.createTempFile(folder, "file", ".yaml");
        Files.write(file, text.getBytes(UTF_8));
        return file;
    }

    /** The dotted keys of a YAML file whose sections are indented by two spaces each. */
    private static List<String> keysOf(String yaml) {
        List<String> lines = yaml.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .toList();
        Map<Integer, String> sections = new HashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int depth = depth(lines.get(i));
            String name = lines.get(i).strip().split(":", 2)[0];
            String key = depth == 0 ? name : sections.get(depth - 2) + "." + name;
            sections.put(depth, key);
            if (i + 1 == lines.size() || depth(lines.get(i + 1)) <= depth) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static int depth(String line) {
        return line.length() - line.stripLeading().length();
    }
}
