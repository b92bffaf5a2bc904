package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.log.LogCheck;
import io.sluice.ledger.log.SignedHead;
import io.sluice.storage.Database;
import io.sluice.storage.DatabaseSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the ledger of a database without starting a node: beside the one that runs, or when none does. */
public final class LedgerVerification {

    private static final Logger log = LoggerFactory.getLogger(LedgerVerification.class);

    private LedgerVerification() {}

    /**
     * Checks it all. Blocks, for as long as that takes.
     *
     * @param kept heads that were kept elsewhere
     * @param progress told how many entries of the log are done
     * @throws StartFailed if the database or the keystore cannot be had
     */
    public static LogCheck.Report run(Config config, List<SignedHead> kept, LongConsumer progress) {
        Stages stages = new Stages();
        try {
            Vertx vertx = stages.done("Vert.x", Vertx::vertx);
            stages.endBy("Vert.x", vertx::close);
            DatabaseSettings settings = stages.done("the database", () -> settings(config, stages, vertx));
            Database database = Database.open(vertx, settings);
            stages.endBy("connections to " + settings, database::close);
            return stages.done(
                    "the check of the ledger",
                    () -> new LogCheck(
                                    database,
                                    List.of(HeadSigning.by(KeyHolder.keystore(config, InstantSource.system()))
                                            .key()))
                            .run(kept, progress)
                            .await());
        } finally {
            Ending ending = stages.end(config.node().stopTimeout());
            ending.troubles()
                    .forEach(each -> log.atWarn().addKeyValue("trouble", each).log("check ended uncleanly"));
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
