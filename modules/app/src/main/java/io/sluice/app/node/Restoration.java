package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.LogName;
import io.sluice.stewardship.policy.Erasure;
import io.sluice.stewardship.restore.Reconciliation;
import io.sluice.stewardship.restore.Restriction;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells a restored database what it has lost, by what a second sink has kept, before a node starts on it. */
public final class Restoration {

    private static final int AT_A_TIME = 1000;
    private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

    private Restoration() {}

    /**
     * What came of it.
     *
     * @param kept changes that the sink has kept
     * @param told how many of them the database did not know
     * @param applied how many of these are about somebody whom it knows
     * @param sessions that were ended
     */
    public record Report(long kept, long told, long applied, int sessions) {}

    /** Where the configured second sink keeps what a restored database has to be told, if that is a file. */
    public static Optional<Path> file(Config config) {
        return KeptElsewhere.file(config);
    }

    /**
     * Applies every change in the file that the database does not know. May be run again. Blocks, for as long as that takes.
     *
     * @throws StartFailed naming what could not be reached, or read
     */
    public static Report reconcile(Config config, Path file) {
        Stages stages = new Stages();
        try {
            if (!Files.exists(file)) {
                throw new StartFailed("the second sink's file", new IOException("there is no " + file));
            }
            Vertx vertx = stages.done("Vert.x", Vertx::vertx);
            stages.endBy("Vert.x", vertx::close);
            DatabaseSettings settings = stages.done(
                    "the database",
                    () -> Databases.reach(config, config.database(), DevelopmentWorld.DATA, stages, vertx));
            return reconciled(config, file, stages, Databases.migrated(settings, Stores.DATA_ROOMS, stages, vertx));
        } finally {
            stages.endAndTell(END_TIMEOUT);
        }
    }

    private static Report reconciled(Config config, Path file, Stages stages, Database database) {
        Erasure erasure = stages.done("the law", () -> Lawbook.open(config.policy(), config.profile(), Instant.now()))
                .inForce()
                .erasure();
        Reconciliation reconciliation = new Reconciliation(database, erasure);
        Telling telling = new Telling(stages, reconciliation);
        stages.done("what the second sink has kept", () -> {
            FileSink.read(file, Restriction.KIND, kept -> telling.add(Restriction.of(kept)));
            telling.flush();
            return file;
        });
        int sessions = stages.started("the end of all sessions", reconciliation::endSessions);
        KeptElsewhere kept = stages.done("the second sink's newest head", () -> KeptElsewhere.in(file));
        if (kept.isAheadOf(stages, database)) {
            // no size of one log has two heads: what comes from here on is of another
            stages.did(
                    "a new name for the ledger's log",
                    () -> LogName.renew(database, "restore reconcile", Instant.now()));
        }
        kept.head()
                .ifPresent(head -> stages.did(
                        "the note of it", () -> reconciliation.done(head.log().toString(), head.size())));
        return new Report(telling.kept, telling.told, telling.applied, sessions);
    }

    /** So many at a time, so that a long file is never in memory as a whole. */
    private static final class Telling {

        private final Stages stages;
        private final Reconciliation reconciliation;
        private final List<Restriction> waiting = new ArrayList<>();
        private long kept;
        private long told;
        private long applied;

        Telling(Stages stages, Reconciliation reconciliation) {
            this.stages = stages;
            this.reconciliation = reconciliation;
        }

        void add(Restriction restriction) {
            waiting.add(restriction);
            kept++;
            if (waiting.size() == AT_A_TIME) {
                flush();
            }
        }

        void flush() {
            List<Restriction> now = List.copyOf(waiting);
            waiting.clear();
            Reconciliation.Told one = stages.started("what was taken away", () -> reconciliation.apply(now));
            told += one.told();
            applied += one.applied();
        }
    }
}
