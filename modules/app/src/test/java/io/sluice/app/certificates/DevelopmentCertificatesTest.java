package io.sluice.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.certificates.DevelopmentCertificates.Issued;
import io.sluice.app.config.Pem;
import io.sluice.app.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One folder of certificates, asked for again and again. */
class DevelopmentCertificatesTest {

    @TempDir
    Path folder;

    private DevelopmentCertificates certificates;

    @BeforeEach
    void open() {
        certificates = DevelopmentCertificates.in(folder.resolve("certificates"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsGoodIsKept(Bearer bearer) {
        Issued first = issue(bearer);
        Issued second = issue(bearer);

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.pem()).isEqualTo(first.pem());
        assertThat(first.identity().hosts()).contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void allThatIsSecretIsForItsOwnerOnly() throws IOException {
        for (Bearer bearer : Bearer.values()) {
            assertThat(issue(bearer).isNew()).isTrue();
        }
        try (Stream<Path> all = Files.walk(certificates.folder())) {
            assertThat(all.filter(file -> file.toString().endsWith(".key")))
                    .hasSize(5)
                    .allSatisfy(key -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                            .isEqualTo("rw-------"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificates.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void aRenewedOneHasAnotherKeyAndTheSameAuthorityAndNames() throws Exception {
        Issued first = certificates.issue(Bearer.API, List.of("shop.test"), false);
        Issued renewed = certificates.issue(Bearer.API, List.of(), true);

        assertThat(renewed.pem().key()).isNotEqualTo(first.pem().key());
        assertThat(renewed.identity().hosts())
                .isEqualTo(first.identity().hosts())
                .contains("shop.test");
        renewed.identity()
                .leaf()
                .verify(Identity.certificate(certificates.authority(Use.SERVERS).certificate())
                        .getPublicKey());
    }

    @Test
    void oneThatLacksAHostIsMadeAnewAndOneThatHasItIsKept() {
        assertThat(issue(Bearer.API).isNew()).isTrue();
        assertThat(certificates.issue(Bearer.API, List.of("Shop.test"), false).isNew())
                .isTrue();
        assertThat(certificates.issue(Bearer.API, List.of("shop.TEST"), false).isNew())
                .isFalse();
        assertThat(issue(Bearer.API).isNew()).isFalse();
    }

    @Test
    void oneThatIsAboutToExpireIsMadeAnewAndOneThatIsNotIsKept() throws IOException {
        DevelopmentAuthority authority = certificates.authority(Use.SERVERS);
        List<String> hosts = issue(Bearer.API).identity().hosts();

        put(authority.certify(hosts, Instant.now().plus(Duration.ofDays(29))));
        assertThat(issue(Bearer.API).isNew()).isTrue();
        put(authority.certify(hosts, Instant.now().plus(Duration.ofDays(31))));
        assertThat(issue(Bearer.API).isNew()).isFalse();
    }

    @Test
    void oneOfAnotherAuthorityIsMadeAnew() throws IOException {
        List<String> hosts = issue(Bearer.API).identity().hosts();
        put(DevelopmentAuthority.in(folder.resolve("other"), Use.SERVERS).certify(hosts));

        assertThat(issue(Bearer.API).isNew()).isTrue();
        assertThat(issue(Bearer.API).isNew()).isFalse();
    }

    @Test
    void serversAreNoNodes() {
        Issued server = issue(Bearer.API);
        Issued node = issue(Bearer.NODE);

        assertThat(server.identity().leaf().getIssuerX500Principal())
                .isNotEqualTo(node.identity().leaf().getIssuerX500Principal());
        assertThatThrownBy(() -> server.identity()
                        .leaf()
                        .verify(Identity.certificate(
                                        certificates.authority(Use.NODES).certificate())
                                .getPublicKey()))
                .isInstanceOf(Exception.class);
    }

    @Test
    void whatCannotBeUsedSaysWhy() {
        DevelopmentAuthority authority = certificates.authority(Use.SERVERS);
        Pem good = authority.certify(List.of("localhost"));
        Pem other = authority.certify(List.of("localhost"));
        Instant now = Instant.now();

        assertThat(Identity.of(good, now).hosts()).containsExactly("localhost");
        assertThatThrownBy(() -> Identity.of(good, now.plus(Duration.ofDays(366))))
                .hasMessageContaining("has expired");
        assertThatThrownBy(() -> Identity.of(good, now.minus(Duration.ofDays(1))))
                .hasMessageContaining("not before");
        assertThatThrownBy(() -> Identity.of(new Pem(good.certificate(), other.key()), now))
                .hasMessage("the private key is not that of the certificate");
        assertThatThrownBy(() -> Identity.of(
                        new Pem(good.certificate(), new Secret("-----BEGIN PRIVATE KEY-----\nnone\n")), now))
                .hasMessageContaining("the private key cannot be read");
    }

    private Issued issue(Bearer bearer) {
        return certificates.issue(bearer, List.of(), false);
    }

    private void put(Pem pem) throws IOException {
        Files.writeString(certificates.folder().resolve("api/tls.crt"), pem.certificate());
        Files.writeString(
                certificates.folder().resolve("api/tls.key"), pem.key().reveal());
    }
}
