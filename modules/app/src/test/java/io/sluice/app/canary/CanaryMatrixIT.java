package io.sluice.app.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.app.node.Lawbook;
import io.sluice.app.process.NodeProcess;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.Law;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole workload, full of canaries, through one node; and then a search of everything that has come out of it or rests in it. */
class CanaryMatrixIT {

    private static final Path REPORT = Path.of("target", "canary");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String LEFT = """
            select coalesce(string_agg(what, ', '), '') from (
                select kind || ' after ' || attempts || ' attempts' what from commerce.step where done_at is null and due_at < now()
                union all
                select topic || ' ' || event_id from commerce.inbox where processed_at is null
                union all
                select 'notice of ' || order_id from commerce.telling) undone""";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @Test
    @Clause({"A1", "A4", "A5", "B1", "C1"})
    void everyCanaryIsWhereTheLawGivesItAndNowhereElse() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Law law = law();
        Canaries canaries = new Canaries(law.policy().catalogue(), new Random(seed));
        Matrix matrix;
        try (Rig rig = Rig.start(folder)) {
            Visitor visitor = new Visitor(rig.shop());
            new Workload(rig, visitor, canaries).run();
            awaitRest(rig);
            visitor.close();
            String managementPath = canaries.stray("management path");
            String managementQuery = canaries.stray("management query");
            assertThat(canaries.idle()).as("canaries that nobody has sent").isEmpty();

            Search search = new Search(canaries.all());
            matrix = new Matrix(canaries.all(), new Allowed(law));
            Sinks sinks = new Sinks(rig, search, matrix, folder);
            sinks.said(visitor);
            sinks.managed(managementPath, managementQuery);
            sinks.disclosed();
            sinks.written();
            sinks.rested();
            sinks.remembered();
            assertThat(rig.stop()).as("exit code of the node").isZero();
            matrix.searched(Sink.LOG, search.in("log after the end", rig.log()));
        }
        matrix.write(REPORT);

        assertThat(matrix.wrong()).as(matrix.markdown()).isEmpty();
    }

    /** The law that the node goes by. */
    static Law law() throws IOException {
        return Lawbook.open(
                        new PolicyConfig(NodeProcess.REPOSITORY.resolve("config/policy"), Optional.empty()),
                        Profile.DEVELOPMENT,
                        Instant.now())
                .inForce();
    }

    /** Nothing is left to be done: no step, no callback. */
    private static void awaitRest(Rig rig) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (Connection database = rig.database("sluice");
                Statement statement = database.createStatement()) {
            for (String left = left(statement); !left.isEmpty(); left = left(statement)) {
                assertThat(System.nanoTime()).as("still to be done: " + left).isLessThan(giveUp);
                rig.pause(Duration.ofMillis(200));
            }
        }
    }

    private static String left(Statement statement) throws SQLException {
        try (ResultSet left = statement.executeQuery(LEFT)) {
            left.next();
            return left.getString(1);
        }
    }
}
