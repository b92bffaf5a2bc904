package io.sluice.stewardship.consent;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.kernel.Ids;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.policy.Law;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves {@link Persons}, and the roles of {@link Accounts#APPOINT}. */
public final class ConsentVerticle extends VerticleBase {

    private final Bus bus;
    private final Supplier<Law> law;
    private final Database database;
    private final LeasedSnapshots snapshots;
    private final OpenAffairs affairs;
    private final SubjectSettings settings;
    private final Ids ids;
    private final InstantSource clock;
    private final MeterRegistry meters;

    private @Nullable GroupCommit<SubjectChange, Outcome<SubjectRow>> commits;

    /**
     * @param snapshots those of this node: they are dropped when a person's row is changed here
     * @param affairs asked before a person is forgotten
     */
    public ConsentVerticle(
            Bus bus,
            Supplier<Law> law,
            Database database,
            LeasedSnapshots snapshots,
            OpenAffairs affairs,
            SubjectSettings settings,
            Ids ids,
            InstantSource clock,
            MeterRegistry meters) {
        this.bus = bus;
        this.law = law;
        this.database = database;
        this.snapshots = snapshots;
        this.affairs = affairs;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        GroupCommit<SubjectChange, Outcome<SubjectRow>> writing = new GroupCommit<>(
                vertx, database, "subjects", settings.commits(), new SubjectBatch(), List.of(), meters);
        commits = writing;
        SubjectRows rows = new SubjectRows(vertx, database, settings);
        Subjects subjects = new Subjects(vertx, law, writing, rows, snapshots, affairs, settings, ids, clock, meters);
        return Future.all(
                bus.serve(Persons.INTRODUCE, subjects::introduce),
                bus.serve(Persons.INTRODUCE_RECIPIENT, subjects::introduceRecipient),
                bus.serve(Persons.DECIDE, subjects::decide),
                bus.serve(Persons.CONSENTED, subjects::consents),
                bus.serve(Persons.ERASE, subjects::erase),
                bus.serve(Accounts.APPOINT, subjects::appoint));
    }

    @Override
    public Future<?> stop() {
        return commits == null ? Future.succeededFuture() : commits.close();
    }
}
