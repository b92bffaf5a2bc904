package io.sluice.app.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.app.certificates.Bearer;
import io.sluice.app.certificates.DevelopmentAuthority;
import io.sluice.app.certificates.DevelopmentCertificates;
import io.sluice.app.certificates.Use;
import io.sluice.app.config.Pem;
import io.sluice.kernel.Clause;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import io.sluice.storage.EmbeddedTls;
import io.sluice.storage.Migrations;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both drivers, of the pool and of the migrations, before a server that is not who it should be. */
class DatabaseLinkIT {

    @TempDir
    static Path folder;

    private static final Vertx VERTX = Vertx.vertx();

    private static DevelopmentCertificates certificates;
    private static Pem.Source files;
    private static EmbeddedPostgres server;
    private static DatabaseSettings trusting;
    private static Connection kept;

    @BeforeAll
    static void start() throws Exception {
        certificates = DevelopmentCertificates.in(folder.resolve("a folder/certificates"));
        files = certificates
                .issue(Bearer.POSTGRESQL, List.of(), false)
                .pem()
                .source()
                .orElseThrow();
        server = EmbeddedPostgres.start(
                new EmbeddedPostgres.Settings(
                        folder.resolve("postgres"),
                        false,
                        0,
                        List.of(),
                        Optional.of(new EmbeddedTls(
                                files.certificate(), files.key(), certificates.authorityFile(Use.SERVERS)))),
                List.of("shop"));
        trusting = server.settings("shop");
        kept = connect(trusting);
    }

    @AfterAll
    static void stop() throws Exception {
        kept.close();
        VERTX.close().await(20, TimeUnit.SECONDS);
        assertThat(server.stop()).isTrue();
    }

    @Test
    @Clause("B2")
    void aServerThatProvesItselfIsSpokenTo() throws Exception {
        Migrations.run(trusting, List.of("storage"));
        ping(trusting);
    }

    @Test
    @Clause("B2")
    void aServerOfAnotherAuthorityIsNot(@TempDir Path other) {
        DevelopmentCertificates strangers = DevelopmentCertificates.in(other);
        assertThat(strangers.authority(Use.SERVERS).certificate()).isNotBlank();

        isRefused(trusting(Optional.of(strangers.authorityFile(Use.SERVERS).toString())), "PKIX path");
    }

    @Test
    @Clause("B2")
    void aServerOfAnotherNameIsNot() throws Exception {
        presents(servers().certify(List.of("database.example")), false);
        isRefused(trusting, "could not be verified");
        presents(servers().certify(List.of("127.0.0.1")), true);
    }

    @Test
    @Clause("B2")
    void aServerWhoseCertificateHasExpiredIsNot() throws Exception {
        presents(servers().certify(List.of("127.0.0.1"), Instant.now().minus(Duration.ofMinutes(1))), false);
        isRefused(trusting, "NotAfter");
        presents(servers().certify(List.of("127.0.0.1")), true);
    }

    @Test
    @Clause("B2")
    void aClientThatWouldSpeakPlainTextIsTurnedAway() {
        isRefused(trusting(Optional.empty()), "no encryption");
    }

    private static void isRefused(DatabaseSettings settings, String words) {
        assertThatThrownBy(() -> connect(settings).close()).hasStackTraceContaining(words);
        assertThatThrownBy(() -> ping(settings)).isInstanceOf(Exception.class);
    }

    /** The server takes another certificate up, which takes a moment, and keeps open what is open. */
    private static void presents(Pem pem, boolean isGood) throws Exception {
        Files.writeString(files.certificate(), pem.certificate());
        Files.writeString(files.key(), pem.key().reveal());
        try (Statement statement = kept.createStatement()) {
            assertThat(statement.execute("select pg_reload_conf()")).isTrue();
        }
        long giveUp = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (isSpokenTo() != isGood) {
            assertThat(System.nanoTime()).as("in time").isLessThan(giveUp);
        }
        if (isGood) {
            ping(trusting);
        }
    }

    private static boolean isSpokenTo() {
        try {
            connect(trusting).close();
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private static void ping(DatabaseSettings settings) throws TimeoutException {
        Database database = Database.open(VERTX, settings);
        try {
            database.ping().await(20, TimeUnit.SECONDS);
        } finally {
            database.close().await(20, TimeUnit.SECONDS);
        }
    }

    private static Connection connect(DatabaseSettings settings) throws SQLException {
        return DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
    }

    private static DevelopmentAuthority servers() {
        return certificates.authority(Use.SERVERS);
    }

    private static DatabaseSettings trusting(Optional<String> authority) {
        return new DatabaseSettings(
                trusting.host(),
                trusting.port(),
                trusting.database(),
                trusting.user(),
                trusting.password(),
                authority,
                trusting.poolSize(),
                trusting.maxWaiting(),
                trusting.timeouts());
    }
}
