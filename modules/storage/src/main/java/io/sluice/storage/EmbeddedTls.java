package io.sluice.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What an embedded server speaks TLS by. It then speaks TLS 1.3 and nothing else: who comes in plain text is turned away before
 * a password is asked for.
 *
 * @param certificate PEM file, leaf first
 * @param key PEM file of its private key, mode 0600
 * @param authority PEM file of who signed it: whom clients trust
 */
public record EmbeddedTls(Path certificate, Path key, Path authority) {

    /** The server's settings; writes the file of who may connect, beside its data. */
    List<String> options(Path directory) throws IOException {
        // initdb's own file would let plain connections in as well
        Path rules = directory.resolve("pg_hba_tls.conf");
        Files.writeString(rules, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
        return List.of(
                "ssl=on",
                "ssl_cert_file=" + certificate.toAbsolutePath(),
                "ssl_key_file=" + key.toAbsolutePath(),
                "ssl_min_protocol_version=TLSv1.3",
                "hba_file=" + rules);
    }
}
