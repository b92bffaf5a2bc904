package io.sluice.app.cli;

import io.sluice.app.certificates.Bearer;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.DevelopmentCertificates.Issued;
import io.sluice.app.certificates.Identity;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Config;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes the certificates that development speaks TLS by, and says what they are for. */
@Command(
        name = "certificates",
        description =
                "Makes certificates for development: two authorities, and what they sign for the API, for PostgreSQL and"
                        + " for a node of a cluster. What is there and good is kept. Nobody outside this machine should trust them.",
        mixinStandardHelpOptions = true)
final class CertificatesCommand implements Callable<Integer> {

    @Mixin
    private ConfigFlag config = new ConfigFlag();

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "put them where a node of this directory looks for them, under DIR/certificates (data_dir)")
    private @Nullable String dataDir;

    @Option(names = "--folder", paramLabel = "DIR", description = "put them there instead")
    private @Nullable Path folder;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "a name or address that they are good for beside localhost; may be given several times")
    private List<String> hosts = List.of();

    @Option(
            names = "--renew",
            description = "make new ones, signed by the same authorities; running nodes take them up")
    private boolean renew;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        DevelopmentCertificates all = certificates();
        PrintWriter out = spec.commandLine().getOut();
        out.println("Certificates for development, in " + all.folder());
        for (Use use : Use.values()) {
            Path file = all.authorityFile(use);
            boolean isThere = Files.exists(file);
            X509Certificate authority = Identity.certificate(all.authority(use).certificate());
            say(out, all, isThere, file, authority, "signs " + use.name().toLowerCase(Locale.ROOT));
        }
        for (Bearer bearer : Bearer.values()) {
            Issued issued = all.issue(bearer, hosts, renew);
            Identity own = issued.identity();
            say(out, all, !issued.isNew(), file(issued), own.leaf(), "for " + String.join(", ", own.hosts()));
        }
        out.println();
        out.println("How to use them:");
        uses(all).forEach((what, how) -> out.printf("  %s%n    %s%n", what, how));
        out.flush();
        return ExitCode.OK;
    }

    private DevelopmentCertificates certificates() {
        if (folder != null) {
            return DevelopmentCertificates.in(folder);
        }
        return DevelopmentCertificates.of(
                config.read(dataDir == null ? Map.of() : Map.of("data_dir", new Config.Flag("--data-dir", dataDir)))
                        .dataDir());
    }

    private static void say(
            PrintWriter out,
            DevelopmentCertificates all,
            boolean wasThere,
            Path file,
            X509Certificate what,
            String use) {
        out.printf(
                "  %-4s  %-18s  until %s  %s%n",
                wasThere ? "kept" : "made",
                all.folder().relativize(file),
                what.getNotAfter()
                        .toInstant()
                        .truncatedTo(ChronoUnit.DAYS)
                        .toString()
                        .substring(0, 10),
                use);
    }

    private static Path file(Issued issued) {
        return issued.pem().source().orElseThrow().certificate();
    }

    private static Map<String, String> uses(DevelopmentCertificates all) {
        Path servers = all.authorityFile(Use.SERVERS);
        Path nodes = all.authorityFile(Use.NODES);
        Map<String, String> uses = new LinkedHashMap<>();
        uses.put("a development node, TLS on every link:", "./sluice start --tls");
        uses.put("its clients:", "curl --cacert " + servers + " https://localhost:8080/v1/policy");
        uses.put(
                "a node with a configuration of its own:",
                "SLUICE_HTTP_TLS_CERTIFICATE_FILE=" + all.folder().resolve("api/tls.crt") + " SLUICE_HTTP_TLS_KEY_FILE="
                        + all.folder().resolve("api/tls.key"));
        uses.put(
                "a PostgreSQL of its own (postgresql.conf):",
                "ssl = on, ssl_min_protocol_version = 'TLSv1.3', ssl_cert_file = '"
                        + all.folder().resolve("postgresql/tls.crt") + "', ssl_key_file = '"
                        + all.folder().resolve("postgresql/tls.key") + "'");
        uses.put(
                "a node that calls it:",
                "SLUICE_DATABASE_CA_FILE=" + servers + ", and sslmode=verify-full at the end of database.url");
        uses.put(
                "a node of a cluster:",
                "SLUICE_CLUSTER_TLS_CERTIFICATE_FILE=" + all.folder().resolve("node/tls.crt")
                        + " SLUICE_CLUSTER_TLS_KEY_FILE=" + all.folder().resolve("node/tls.key")
                        + " SLUICE_CLUSTER_TLS_CA_FILE=" + nodes);
        return uses;
    }
}
