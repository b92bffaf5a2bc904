package io.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.gateway.http.Origins;
import io.sluice.gateway.http.Routes;
import io.sluice.guard.Bus;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Ids;
import io.sluice.stewardship.api.Sessions;
import io.sluice.vault.BlindIndex;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** This room of one node, wired: what it serves over HTTP, and the authenticator for all other routes. */
public final class AccountOffice {

    private final Registration registration;
    private final SignIn signIn;
    private final AttemptLimit attempts;
    private final SessionLeases sessions;
    private final VerifiedTokens verified;
    private final Tools tools;
    private final AccountSettings settings;
    private final List<SigningKey> keys;

    /**
     * What the office works with.
     *
     * @param origins where requests come from, for counting attempts to sign in
     * @param policyVersion the version of the law in force
     * @param nanoTime monotonic time, for leases
     */
    public record Tools(
            Vertx vertx,
            Bus bus,
            Snapshots snapshots,
            HomeRegions regions,
            Origins origins,
            NewcomerSealing sealing,
            BlindIndex blindIndex,
            Supplier<String> policyVersion,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {}

    /**
     * @param keys the first signs, all verify and are published
     * @throws IllegalStateException if there is no key: without one anything would pass for a token
     */
    public AccountOffice(Tools tools, AccountSettings settings, List<SigningKey> keys) {
        this.tools = tools;
        this.settings = settings;
        this.keys = List.copyOf(keys);
        Function<EmailAddress, String> index = address -> tools.blindIndex().of(address.canonical());
        PasswordHashing hashing = new PasswordHashing(tools.vertx(), settings.hashing(), tools.meters());
        sessions = new SessionLeases(
                SessionLeases.overBus(tools.bus()),
                settings.sessionLease(),
                settings.maxKnownTokens(),
                tools.nanoTime());
        verified = new VerifiedTokens(settings);
        attempts = new AttemptLimit(settings.attempts(), Ticker.systemTicker());
        registration = new Registration(
                tools.bus(), hashing, tools.regions(), tools.sealing(), index, Ids.secure(tools.clock()));
        signIn = new SignIn(
                tools.vertx(),
                tools.bus(),
                hashing,
                attempts,
                newTokens(),
                sessions,
                index,
                settings,
                new SecureRandom(),
                tools.nanoTime());
    }

    private AccessTokens newTokens() {
        return new AccessTokens(tools.vertx(), keys, settings, tools.clock());
    }

    /** Begins to listen for sessions that end elsewhere, so that their leases need not run out first. */
    public Future<Bus.Listening> listen() {
        return tools.bus().listen(Sessions.ENDED, sessions::end);
    }

    /** An authenticator of its own for each event loop: verification locks the keys that it verifies with. */
    public Authenticator newAuthenticator() {
        return new Authenticator(newTokens(), tools.snapshots(), sessions, tools.clock(), verified);
    }

    /** What this room serves; to be mounted once for each event loop, with its own authenticator. */
    public Routes routes(Authenticator authenticator) {
        return new AccountRoutes(
                registration, signIn, newTokens(), new SignedIn(authenticator), attempts, tools.origins());
    }

    /** Makes the accounts that a development node starts with. */
    public DemoAccounts demoAccounts() {
        return new DemoAccounts(tools.vertx(), tools.bus(), registration, tools.policyVersion());
    }
}
