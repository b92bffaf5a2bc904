package io.sluice.app.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.config.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificates that development makes by itself. */
class DevelopmentAuthorityTest {

    @TempDir
    Path folder;

    @Test
    void itIsMadeOnceAndKept() {
        assertThat(DevelopmentAuthority.in(folder.resolve("tls"), Use.NODES).certificate())
                .isEqualTo(DevelopmentAuthority.in(folder.resolve("tls"), Use.NODES)
                        .certificate());
    }

    @Test
    void itsKeyIsForItsOwnerOnly() throws Exception {
        assertThat(DevelopmentAuthority.in(folder.resolve("tls"), Use.NODES)).isNotNull();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls/ca.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls"))))
                .isEqualTo("rwx------");
    }

    @Test
    void nodesThatStartAtOnceAgreeOnOneAuthority() throws Exception {
        int nodes = 8;
        CyclicBarrier together = new CyclicBarrier(nodes);
        Callable<String> node = () -> {
            together.await();
            return DevelopmentAuthority.in(folder.resolve("tls"), Use.NODES).certificate();
        };
        Set<String> authorities = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            for (var each : threads.invokeAll(
                    IntStream.range(0, nodes).mapToObj(i -> node).toList())) {
                authorities.add(each.get());
            }
        }

        assertThat(authorities).hasSize(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()).collect(Collectors.toSet()))
                    .as("losers leave nothing behind")
                    .isEqualTo(Set.of("tls"));
        }
    }

    @Test
    void itSignsNodesThatCanSignNobody() throws Exception {
        DevelopmentAuthority authority = DevelopmentAuthority.in(folder.resolve("tls"), Use.NODES);
        Pem pem = authority.certify(List.of("127.0.0.1"));
        X509Certificate node = certificate(pem.certificate());

        node.verify(certificate(authority.certificate()).getPublicKey());
        assertThat(node.getBasicConstraints()).as("not an authority").isEqualTo(-1);
        assertThat(node.getSubjectAlternativeNames()).containsExactly(List.of(7, "127.0.0.1"));
        assertThat(pem.toString()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void anotherFoldersAuthorityDoesNotVouchForIt() throws Exception {
        X509Certificate node = certificate(DevelopmentAuthority.in(folder.resolve("one"), Use.NODES)
                .certify(List.of("localhost"))
                .certificate());
        X509Certificate other = certificate(
                DevelopmentAuthority.in(folder.resolve("two"), Use.NODES).certificate());

        assertThatThrownBy(() -> node.verify(other.getPublicKey())).isInstanceOf(SignatureException.class);
    }

    private static X509Certificate certificate(String pem) {
        return Identity.certificate(pem);
    }
}
