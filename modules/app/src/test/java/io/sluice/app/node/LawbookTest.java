package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.config.Config;
import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.stewardship.policy.Laws;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No node starts under a law that its code does not keep. */
class LawbookTest {

    private static final Path SHIPPED = Path.of("../../config/policy");
    private static final Path KEY = SHIPPED.resolve(PolicyConfig.DEVELOPMENT_KEY);
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    @Clause("C1")
    void theShippedLawIsKeptByTheCode() throws IOException {
        assertThat(open(SHIPPED, Profile.DEVELOPMENT).inForce().version()).isNotBlank();
    }

    @Test
    @Clause("E1")
    void outsideDevelopmentNothingIsLawThatThePublishedKeySigned() {
        assertThatThrownBy(() -> open(SHIPPED, Profile.PRODUCTION))
                .hasMessageContaining("policy.signers")
                .hasMessageContaining("trusts the development signing key");
    }

    @Test
    @Clause("C1")
    void aHandlerWithoutAContractStopsTheStart() throws IOException {
        Path shipped = shipped();
        String changed = Files.readString(shipped).replaceFirst("(?m)^(\\s+)order\\.cancel:", "$1order.annul:");
        signed(shipped.getFileName(), changed);

        assertThatThrownBy(() -> open(folder, Profile.DEVELOPMENT))
                .hasMessageContaining("disagree")
                .hasMessageContaining("order.cancel");
    }

    @Test
    @Clause("E2")
    void theCodeMayBeAheadOfTheLawThatAllowsItAndIsGivenNothingBefore() throws IOException {
        Path shipped = shipped();
        String text = Files.readString(shipped);
        String name = String.valueOf(shipped.getFileName());
        String before = text.replaceFirst("(?m)^  order\\.cancel:\\n(    .*\\n)+", "");
        assertThat(before).isNotEqualTo(text);
        signed(shipped.getFileName(), before);
        assertThatThrownBy(() -> open(folder, Profile.DEVELOPMENT))
                .as("as long as nothing is announced")
                .hasMessageContaining("order.cancel: has no contract in the law");

        signed(
                Path.of("2099-01.yaml"),
                text.replaceFirst("(?m)^version: .*$", "version: 2099-01")
                        .replaceFirst("(?m)^effective_at: .*$", "effective_at: 2099-01-01T00:00:00Z")
                        // by then the agreements of today have ended
                        .replace("valid_until: 2031-01-01", "valid_until: 2131-01-01")
                        .concat("widens: [partner merchant valid until, partner sandbox-carrier valid until,"
                                + " partner sandbox-provider valid until]\n"));
        Laws laws = open(folder, Profile.DEVELOPMENT);
        assertThat(laws.inForce().version() + ".yaml").isEqualTo(name);
        assertThat(laws.inForce().policy().contract("order.cancel")).isEmpty();
        assertThat(laws.announced().getFirst().policy().contract("order.cancel"))
                .isPresent();
    }

    @Test
    @Clause("E2")
    void aVersionIsAnnouncedAsLongBeforeAsTheOneBeforeItPromises() throws IOException {
        Path shipped = shipped();
        String text = Files.readString(shipped);
        signed(shipped.getFileName(), text);
        signed(
                Path.of("2027-01.yaml"),
                text.replaceFirst("(?m)^version: .*$", "version: 2027-01")
                        .replaceFirst("(?m)^announced_at: .*$", "announced_at: 2026-12-31T00:00:00Z")
                        .replaceFirst("(?m)^effective_at: .*$", "effective_at: 2027-01-01T00:00:00Z")
                        .replaceFirst("(?m)^least_notice: .*$", "least_notice: P1D")
                        .concat("widens: [least notice]\n"));

        assertThatThrownBy(() -> open(folder, Profile.DEVELOPMENT))
                .hasMessageContaining("2027-01.yaml: takes effect sooner after its announcement than the least notice");
    }

    @Test
    @Clause("C5")
    void whatTheLawSendsToOneIsNotSentToAnother() throws IOException {
        Path shipped = shipped();
        signed(shipped.getFileName(), Files.readString(shipped));

        assertThatThrownBy(() -> Lawbook.open(stripe(folder), NOW))
                .hasMessageContaining(
                        "provider.authorise: goes to sandbox-provider by the law, and to stripe by payments.provider")
                .hasMessageContaining("provider.lookup: goes to sandbox-provider")
                .hasMessageNotContaining("carrier.dispatch: goes to");
    }

    @Test
    @Clause("C5")
    void whatTheLawSendsToStripeUnderAnAgreementWithStripeIs() throws IOException {
        Path shipped = shipped();
        signed(shipped.getFileName(), Files.readString(shipped).replace("sandbox-provider", "stripe"));

        assertThat(Lawbook.open(stripe(folder), NOW).inForce().policy().agreement("stripe"))
                .isPresent();
    }

    private static Config stripe(Path laws) {
        Map<String, String> environment = Map.of(
                "SLUICE_POLICY_DIR", laws.toString(),
                "SLUICE_POLICY_SIGNERS", KEY.toString(),
                "SLUICE_PAYMENTS_PROVIDER", "stripe",
                "SLUICE_PAYMENTS_STRIPE_API_KEY", "rk_test",
                "SLUICE_PAYMENTS_STRIPE_WEBHOOK_SECRET", "whsec_test",
                "SLUICE_PAYMENTS_STRIPE_RETURN_URL", "https://shop.example/paid");
        return Config.read(Map.of(), environment, Optional.empty(), laws);
    }

    @Test
    void aFolderWithoutALawStopsTheStart() {
        assertThatThrownBy(() -> open(folder, Profile.DEVELOPMENT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("holds no version");
    }

    @Test
    void aFileThatIsNoLawStopsTheStartNamingItsProblem() throws IOException {
        signed(Path.of("draft.yaml"), "version: another\n");

        assertThatThrownBy(() -> open(folder, Profile.DEVELOPMENT))
                .hasMessageContaining("draft.yaml:1: version should be the file's name");
    }

    private static Laws open(Path folder, Profile profile) throws IOException {
        return Lawbook.open(new PolicyConfig(folder, Optional.of(KEY)), profile, NOW);
    }

    private void signed(Path name, String text) throws IOException {
        assertThat(LawSignature.sign(Files.writeString(folder.resolve(name), text), KEY)
                        .signer())
                .isEqualTo(LawSigners.DEVELOPMENT);
    }

    private static Path shipped() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            List<Path> laws =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            return laws.getFirst();
        }
    }
}
