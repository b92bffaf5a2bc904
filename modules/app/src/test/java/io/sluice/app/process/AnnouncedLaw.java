package io.sluice.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.PolicyConfig;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Versions of the law made of the one that the repository carries, and how one is laid before a shop that is at work. */
public final class AnnouncedLaw {

    public static final String SHIPPED = "2026-11-draft";

    private static final Path POLICIES = NodeProcess.REPOSITORY.resolve("config/policy");
    /** Which signs for development. */
    public static final Path KEY = POLICIES.resolve(PolicyConfig.DEVELOPMENT_KEY);

    private static final Duration NOTICE = Duration.ofDays(14);

    private AnnouncedLaw() {}

    /** Its text. */
    public static String shipped() throws IOException {
        return Files.readString(POLICIES.resolve(SHIPPED + ".yaml"));
    }

    /** What makes a node read its law from this folder. */
    static Map<String, String> environment(Path laws) {
        return Map.of("SLUICE_POLICY_DIR", laws.toString(), "SLUICE_POLICY_SIGNERS", KEY.toString());
    }

    /** The same law under another name, announced in time to take effect then. */
    static String named(String text, String version, Instant effective) {
        return text.replaceFirst("(?m)^version: .*$", "version: " + version)
                .replaceFirst("(?m)^announced_at: .*$", "announced_at: " + effective.minus(NOTICE))
                .replaceFirst("(?m)^effective_at: .*$", "effective_at: " + effective);
    }

    /** Puts a version into a folder, signed for development. */
    public static Path sign(Path laws, String version, String text) throws IOException {
        Path file = Files.writeString(laws.resolve(version + ".yaml"), text);
        assertThat(LawSignature.sign(file, KEY).signer()).isEqualTo(LawSigners.DEVELOPMENT);
        return file;
    }

    /** Lays a version before the shop, as a node does that was started with it in good time. */
    static void announce(Connection database, Path folder, String version, String text, Instant effective)
            throws Exception {
        Path file = sign(folder, version, text);
        String[] signature = Files.readString(Path.of(file + ".sig")).strip().split(" ", -1);
        try (PreparedStatement insert = database.prepareStatement("""
                insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)
                values (?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, version);
            insert.setTimestamp(2, Timestamp.from(effective.minus(NOTICE)));
            insert.setTimestamp(3, Timestamp.from(effective));
            insert.setString(4, text);
            insert.setString(5, signature[0]);
            insert.setString(6, signature[1]);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    static Instant databaseTime(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet time = statement.executeQuery("select clock_timestamp()")) {
            time.next();
            return time.getTimestamp(1).toInstant().truncatedTo(ChronoUnit.MILLIS);
        }
    }
}
