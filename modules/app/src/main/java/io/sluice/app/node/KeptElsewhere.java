package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.LogReads;
import io.sluice.ledger.log.SecondSink.Notice;
import io.sluice.ledger.log.SignedHead;
import io.sluice.ledger.log.TreeHead;
import io.sluice.stewardship.restore.Reconciliation;
import io.sluice.stewardship.restore.Restriction;
import io.sluice.stewardship.restore.Restrictions;
import io.sluice.storage.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the second sink's file knows last, held against a database: one that is behind it was restored, and does not serve before it
 * was told what it has lost. A webhook cannot be asked; where there is no file, nobody notices.
 *
 * @param head the newest head of the ledger that was kept
 * @param restrictions how many changes that took something away were kept
 */
record KeptElsewhere(Optional<TreeHead> head, long restrictions) {

    /** Where the configured file is: in development under the data directory if no other sink is named. */
    static Optional<Path> file(Config config) {
        boolean isDevelopments = config.profile().isDevelopment()
                && config.ledger().secondSink().url().isEmpty();
        return config.ledger()
                .secondSink()
                .file()
                .or(() -> isDevelopments ? Optional.of(developmentFile(config.dataDir())) : Optional.empty());
    }

    private static Path developmentFile(Path dataDir) {
        return dataDir.resolve("outside").resolve("ledger.ndjson");
    }

    /** What was kept last. Blocks. */
    static KeptElsewhere in(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new KeptElsewhere(Optional.empty(), 0);
        }
        List<Notice> newest = FileSink.tail(file);
        return new KeptElsewhere(
                newest.stream()
                        .filter(notice -> notice.kind().equals(Notice.HEAD))
                        .map(notice -> SignedHead.parse(notice.json()).head())
                        .max(Comparator.comparingLong(TreeHead::size)),
                newest.stream()
                        .filter(notice -> notice.kind().equals(Restriction.KIND))
                        .mapToLong(Notice::number)
                        .max()
                        .orElse(0));
    }

    /** Refuses the start of a node whose database is behind what was kept elsewhere. Blocks. */
    static void requireNothingLost(Foundations on, Database database) {
        Optional<Path> file = file(on.config());
        if (file.isEmpty()) {
            return;
        }
        // read before the database, which is never behind what it has told
        KeptElsewhere kept = on.stages().done("the second sink's file", () -> in(file.get()));
        if (kept.isAheadOf(on.stages(), database)) {
            String name = "the database against the second sink";
            throw new StartFailed(
                    name,
                    new IOException(file.get() + " knows more than the database does, which must have been restored:"
                            + " erasures and withdrawals would be undone. Run: sluice restore reconcile"));
        }
    }

    boolean isAheadOf(Stages stages, Database database) {
        long told = stages.started("what was taken away", () -> new Restrictions(database).count());
        if (restrictions > told) {
            return true;
        }
        if (head.isEmpty()) {
            return false;
        }
        TreeHead newest = head.get();
        boolean isThere = stages.started("the ledger's newest head", () -> new LogReads(database).latest())
                .map(SignedHead::head)
                .filter(own -> own.log().equals(newest.log()) && own.size() >= newest.size())
                .isPresent();
        return !isThere
                && !stages.started(
                        "earlier reconciliations",
                        () -> Reconciliation.covers(database, newest.log().toString(), newest.size()));
    }
}
