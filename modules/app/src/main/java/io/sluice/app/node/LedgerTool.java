package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.log.LogCheck;
import io.sluice.ledger.log.LogName;
import io.sluice.ledger.log.SignedHead;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;

/** Works at the ledger of a database without starting a node: beside the one that runs, or when none does. Blocks. */
public final class LedgerTool {

    private LedgerTool() {}

    /**
     * Checks it all, for as long as that takes.
     *
     * @param kept heads that were kept elsewhere
     * @param progress told how many entries of the log are done
     * @throws StartFailed if the database or the keystore cannot be had
     */
    public static LogCheck.Report verify(Config config, List<SignedHead> kept, LongConsumer progress) {
        return with(
                config,
                "the check of the ledger",
                database -> new LogCheck(
                                database,
                                List.of(HeadSigning.by(KeyHolder.keystore(config, InstantSource.system()))
                                        .key()))
                        .run(kept, progress));
    }

    /**
     * Gives the log a new name, under which it goes on.
     *
     * @throws StartFailed if the database cannot be had
     */
    public static LogName.Renewed reopen(Config config) {
        return with(config, "a new name for the log", database -> LogName.renew(database, "operator", Instant.now()));
    }

    private interface Work<T> {
        Future<T> at(Database database) throws Exception;
    }

    private static <T> T with(Config config, String what, Work<T> work) {
        Stages stages = new Stages();
        try {
            Vertx vertx = stages.done("Vert.x", Vertx::vertx);
            stages.endBy("Vert.x", vertx::close);
            DatabaseSettings settings = stages.done("the database", () -> settings(config, stages, vertx));
            Database database = Databases.opened(settings, stages, vertx);
            return stages.done(what, () -> work.at(database).await());
        } finally {
            stages.endAndTell(config.node().stopTimeout());
        }
    }

    private static DatabaseSettings settings(Config config, Stages stages, Vertx vertx) throws IOException {
        Path postgres = config.dataDir().resolve("postgres");
        if (config.database().url().isEmpty() && !Files.exists(postgres)) {
            throw new IOException("there is no database in " + config.dataDir() + "; name another by --data-dir");
        }
        return Databases.reach(config, config.database(), DevelopmentWorld.DATA, stages, vertx);
    }
}
