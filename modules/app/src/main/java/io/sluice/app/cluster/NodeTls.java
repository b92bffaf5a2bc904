package io.sluice.app.cluster;

import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Identity;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Cluster;
import io.sluice.app.config.Pem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * By what a node proves itself on the bus, and whom it believes.
 *
 * @param ca PEM text of the authority that signs nodes and nothing else
 */
record NodeTls(Pem node, String ca) {

    /** The configured certificate, or in development one made now by the data directory's own authority. */
    static NodeTls of(Cluster cluster, Path dataDir) {
        if (cluster.tls().isPresent()) {
            return new NodeTls(cluster.tls().get(), cluster.ca().orElseThrow());
        }
        DevelopmentAuthority authority = DevelopmentCertificates.of(dataDir).authority(Use.NODES);
        return new NodeTls(authority.certify(List.of(cluster.host())), authority.certificate());
    }

    PemKeyCertOptions keyCert() {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(node.certificate()))
                .addKeyValue(Buffer.buffer(node.key().reveal()));
    }

    PemTrustOptions trust() {
        return new PemTrustOptions().addCertValue(Buffer.buffer(ca));
    }

    /** A short name of the authority: the first bytes of its certificate's SHA-256. */
    String fingerprint() {
        try {
            byte[] encoded = Identity.certificate(ca).getEncoded();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("cluster.tls.ca holds no certificate that can be read", e);
        }
    }
}
