package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.Identity;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Pem;
import io.sluice.gateway.http.ServerTls;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a watch does with what it finds where the certificate in use was read from. */
class CertificateWatchTest {

    @TempDir
    Path folder;

    private final List<ServerTls> takenUp = new ArrayList<>();
    private DevelopmentAuthority authority;
    private Pem first;
    private CertificateWatch watch;

    @BeforeEach
    void begin() {
        authority = DevelopmentAuthority.in(folder.resolve("servers"), Use.SERVERS);
        first = authority.certify(List.of("localhost"));
        watch = new CertificateWatch("api", Identity.of(first, Instant.now()), tls -> {
            takenUp.add(tls);
            return Future.succeededFuture();
        });
    }

    @Test
    void theOneInUseIsLeftAlone() {
        assertThat(watch.found(first).succeeded()).isTrue();
        assertThat(takenUp).isEmpty();
    }

    @Test
    void aRenewedOneIsTakenUpOnce() {
        Pem renewed = authority.certify(List.of("localhost"));

        assertThat(watch.found(renewed).succeeded()).isTrue();
        assertThat(watch.found(renewed).succeeded()).isTrue();
        assertThat(takenUp)
                .containsExactly(
                        new ServerTls(renewed.certificate(), renewed.key().reveal()));
    }

    @Test
    void halfOfAPairIsNotTakenUpAndTheWholeOneIs() {
        Pem renewed = authority.certify(List.of("localhost"));
        Pem half = new Pem(renewed.certificate(), first.key());

        assertThatThrownBy(() -> watch.found(half)).hasMessageContaining("not that of the certificate");
        assertThat(watch.found(half).succeeded()).as("told once").isTrue();
        assertThat(takenUp).isEmpty();
        assertThat(watch.found(renewed).succeeded()).isTrue();
        assertThat(takenUp).hasSize(1);
    }

    @Test
    void anExpiredOneIsNotTakenUp() {
        Pem expired = authority.certify(List.of("localhost"), Instant.now().minus(Duration.ofMinutes(1)));

        assertThatThrownBy(() -> watch.found(expired)).hasMessageContaining("has expired");
        assertThat(takenUp).isEmpty();
    }
}
