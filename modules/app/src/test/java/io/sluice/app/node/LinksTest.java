package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import io.sluice.app.config.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node would speak TLS by. */
class LinksTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private DevelopmentAuthority authority;

    @BeforeEach
    void found() {
        authority = DevelopmentAuthority.in(folder.resolve("servers"), Use.SERVERS);
        environment.put("SLUICE_DATA_DIR", folder.resolve("data").toString());
    }

    @Test
    void nothingSaidIsPlainAndMakesNothing() throws IOException {
        Links links = links();

        assertThat(links.api()).isEmpty();
        assertThat(links.management()).isEmpty();
        assertThat(links.database()).isEmpty();
        assertThat(links.isHttpsOnly()).isFalse();
        assertThat(links.shop(80)).isEqualTo(URI.create("http://127.0.0.1:80"));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void developmentMakesWhatItNeedsForAllLinks() throws IOException {
        environment.put("SLUICE_DEVELOPMENT_TLS", "true");
        environment.put("SLUICE_HTTP_HOST", "0.0.0.0");
        Links links = links();

        assertThat(links.api()).isEqualTo(links.management()).isPresent();
        assertThat(links.database()).isPresent();
        assertThat(links.sandbox().own()).isPresent();
        assertThat(links.shopAuthority())
                .isEqualTo(links.developmentAuthority())
                .isPresent();
        assertThat(links.shop(443)).isEqualTo(URI.create("https://127.0.0.1:443"));
        assertThat(links.isHttpsOnly())
                .as("a developer's browser is not held to it")
                .isFalse();
    }

    @Test
    void aConfiguredCertificateIsUsedAndHeldTo() throws IOException {
        give(authority.certify(List.of("shop.example")));
        Links links = links();

        assertThat(links.api().orElseThrow().hosts()).containsExactly("shop.example");
        assertThat(links.management()).as("has keys of its own").isEmpty();
        assertThat(links.isHttpsOnly()).isTrue();
    }

    @Test
    void aTrustedProxyIsHeldToHttpsToo() throws IOException {
        environment.put("SLUICE_HTTP_PLAIN_TEXT", "behind-a-trusted-proxy");

        assertThat(links().isHttpsOnly()).isTrue();
    }

    @Test
    void aCertificateThatCannotBeUsedStopsTheStartByItsKey() throws IOException {
        give(authority.certify(List.of("shop.example"), Instant.now().minus(Duration.ofMinutes(1))));
        assertThatThrownBy(this::links).isInstanceOf(IOException.class).hasMessageMatching("http.tls: .*expired.*");

        Pem one = authority.certify(List.of("shop.example"));
        give(new Pem(
                one.certificate(), authority.certify(List.of("shop.example")).key()));
        assertThatThrownBy(this::links).hasMessage("http.tls: the private key is not that of the certificate");
    }

    private void give(Pem pem) throws IOException {
        Path certificate = Files.writeString(folder.resolve("tls.crt"), pem.certificate());
        Path key = Files.writeString(folder.resolve("tls.key"), pem.key().reveal());
        environment.put("SLUICE_HTTP_TLS_CERTIFICATE_FILE", certificate.toString());
        environment.put("SLUICE_HTTP_TLS_KEY_FILE", key.toString());
    }

    private Links links() throws IOException {
        return Links.of(Config.read(Map.of(), environment, Optional.empty(), folder));
    }
}
