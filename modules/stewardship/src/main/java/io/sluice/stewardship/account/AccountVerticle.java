package io.sluice.stewardship.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.guard.Bus;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Sessions;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.storage.RiderTable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves {@link Accounts} and {@link Sessions}, and sweeps away sessions past their end. */
public final class AccountVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(AccountVerticle.class);

    private final Bus bus;
    private final Database database;
    private final List<RiderTable> riderTables;
    private final SessionSettings settings;
    private final InstantSource clock;
    private final MeterRegistry meters;
    private final List<GroupCommit<?, ?>> commits = new ArrayList<>();

    /** @param riderTables where the leaf of a registration belongs */
    public AccountVerticle(
            Bus bus,
            Database database,
            List<RiderTable> riderTables,
            SessionSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        this.bus = bus;
        this.database = database;
        this.riderTables = List.copyOf(riderTables);
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Future<?> start() {
        GroupCommit<NewAccount, Boolean> accounts = new GroupCommit<>(
                vertx, database, "accounts", settings.commits(), new AccountBatch(), riderTables, meters);
        GroupCommit<SessionChange, SessionAnswer> sessions = new GroupCommit<>(
                vertx, database, "sessions", settings.commits(), new SessionBatch(settings), List.of(), meters);
        commits.addAll(List.of(accounts, sessions));
        AccountRows rows = new AccountRows(vertx, database, settings);
        AccountDesk desk = new AccountDesk(bus, accounts, sessions, rows, clock);
        vertx.setPeriodic(settings.sweepEvery().toMillis(), due -> sweep(rows));
        return Future.all(List.of(
                bus.serve(Accounts.REGISTER, desk::register),
                bus.serve(Accounts.CREDENTIAL_OF, desk::credential),
                bus.serve(Accounts.HOME_OF, desk::home),
                bus.serve(Sessions.OPEN, desk::open),
                bus.serve(Sessions.REFRESH, desk::refresh),
                bus.serve(Sessions.CLOSE, desk::close),
                bus.serve(Sessions.CHECK, desk::check)));
    }

    private void sweep(AccountRows rows) {
        Future<Integer> swept = rows.sweep(clock.instant(), settings.sweepAtMost());
        swept.onSuccess(count -> meters.counter("sluice.sessions.swept").increment(count))
                .onFailure(cause -> LOG.warn("sweep failed of=sessions", cause));
    }

    @Override
    public Future<?> stop() {
        return Future.join(commits.stream().map(GroupCommit::close).toList());
    }
}
