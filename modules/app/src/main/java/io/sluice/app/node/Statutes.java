package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.stewardship.policy.ClockReading;
import io.sluice.stewardship.policy.LawArchive;
import io.sluice.stewardship.policy.LawSigners;
import io.sluice.stewardship.policy.LawSwitch;
import io.sluice.stewardship.policy.LawVerticle;
import io.sluice.stewardship.policy.Laws;
import io.sluice.stewardship.policy.PublishedLaw;
import io.sluice.storage.Database;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * The law on a running node.
 *
 * @param law what is in force, from moment to moment
 * @param published every version that ever was
 */
record Statutes(LawSwitch law, Supplier<List<PublishedLaw>> published) {

    /** Finds what is in force by the database's clock, stores the folder's versions, and keeps up with both from then on. */
    static Statutes open(Foundations on, Database database) {
        Config config = on.config();
        LawSigners signers =
                on.stages().done("the signers of the law", () -> Lawbook.signers(config.policy(), config.profile()));
        LawArchive archive = new LawArchive(database, signers, on.meters());
        ClockReading reading = on.stages()
                .started("the database's clock", () -> archive.state(on.clock(), on.nanoTime()))
                .clock();
        Instant now = on.stages().started("the law's last turn", () -> archive.lastEffect(reading));
        Laws laws = on.stages().done("the law", () -> Lawbook.open(config, now));
        List<PublishedLaw> published = on.stages().started("the law's archive", () -> archive.store(laws, now));
        Laws followed = Lawbook.followed(laws, published, signers, config);
        LawSwitch law = new LawSwitch(followed, reading, on.clock(), on.nanoTime(), on.meters());
        LawVerticle keeping = new LawVerticle(
                archive,
                law,
                published,
                versions -> Lawbook.followed(laws, versions, signers, config),
                on.clock(),
                on.nanoTime(),
                on.meters());
        on.deploy("the law", keeping);
        return new Statutes(law, keeping);
    }
}
