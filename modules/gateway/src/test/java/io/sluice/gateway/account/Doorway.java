package io.sluice.gateway.account;

import io.sluice.gateway.http.Origins;
import io.sluice.gateway.http.RequestBudgets;
import io.sluice.guard.Outcome;
import io.sluice.guard.Snapshots;
import io.sluice.kernel.Lease;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An authenticator with a clock to turn, persons to erase and sessions to end. */
public final class Doorway implements Snapshots {

    private final AccountSettings settings = AccountSettings.standard("https://shop.example");
    private final Map<SubjectId, SubjectSnapshot> persons = new HashMap<>();
    private final Set<UUID> sessions = new HashSet<>();
    private final Vertx vertx;
    private final AccessTokens tokens;
    private final Authenticator authenticator;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private boolean isDatabaseThere = true;
    private boolean isDatabaseSlow;

    Doorway(Vertx vertx, List<SigningKey> keys) {
        this.vertx = vertx;
        tokens = new AccessTokens(vertx, keys, settings, () -> now);
        SessionLeases leases =
                new SessionLeases(this::goesOn, settings.sessionLease(), 100, () -> now.toEpochMilli() * 1_000_000);
        authenticator = new Authenticator(tokens, this, leases, () -> now, new VerifiedTokens(settings));
    }

    /** With a key of its own. */
    public static Doorway open(Vertx vertx) {
        return new Doorway(vertx, List.of(Forge.key("2026-11")));
    }

    /** Lets those in who have a {@linkplain #token token}. */
    public SignedIn signedIn() {
        return new SignedIn(authenticator);
    }

    /** Lets as many requests in as these budgets allow, counted by token or by the address of the connection. */
    Admission admission(RequestBudgets budgets) {
        return new Admission(authenticator, new Origins(0), budgets);
    }

    Outcome<Principal> authenticate(@Nullable String header) {
        return authenticator.authenticate(header).await();
    }

    Instant now() {
        return now;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    /** Somebody who permits shipment. */
    public SubjectId person(Role... roles) {
        SubjectId subject = new SubjectId(UUID.randomUUID());
        keep(subject, false, 0, roles);
        return subject;
    }

    public UUID session() {
        UUID session = UUID.randomUUID();
        sessions.add(session);
        return session;
    }

    void endSession(UUID session) {
        sessions.remove(session);
    }

    void erase(SubjectId subject) {
        keep(subject, true, 0, Role.CUSTOMER);
    }

    void revokeSessions(SubjectId subject) {
        keep(subject, false, 1, Role.CUSTOMER);
    }

    void grant(SubjectId subject, Role... roles) {
        keep(subject, false, 0, roles);
    }

    void loseDatabase() {
        isDatabaseThere = false;
    }

    /** From now on it takes a while, and another thread, to find a person. */
    void answerLater() {
        isDatabaseSlow = true;
    }

    public String token(SubjectId subject, UUID session) {
        SubjectSnapshot person = java.util.Objects.requireNonNull(persons.get(subject));
        return tokens.issue(subject, session, person.sessionEpoch(), person.roles(), now);
    }

    JsonObject claims(SubjectId subject, UUID session) {
        long seconds = now.getEpochSecond();
        return new JsonObject()
                .put("sub", subject.toString())
                .put("sid", session.toString())
                .put("epoch", 0)
                .put("roles", Role.CUSTOMER.mask())
                .put("auth_time", seconds)
                .put("iss", settings.issuer())
                .put("aud", new JsonArray().add(settings.audience()))
                .put("iat", seconds)
                .put("exp", seconds + 600);
    }

    private void keep(SubjectId subject, boolean erased, int epoch, Role... roles) {
        int mask = 0;
        for (Role role : roles) {
            mask |= role.mask();
        }
        persons.put(
                subject,
                new SubjectSnapshot(
                        subject,
                        1,
                        Purpose.SHIPMENT.mask(),
                        Map.of(),
                        erased,
                        epoch,
                        mask,
                        "local",
                        new Lease(Long.MAX_VALUE, Long.MAX_VALUE)));
    }

    private Future<Boolean> goesOn(UUID session) {
        return isDatabaseThere
                ? Future.succeededFuture(sessions.contains(session))
                : Future.failedFuture(new Unavailable("database"));
    }

    @Override
    public Future<Optional<SubjectSnapshot>> of(SubjectId subject) {
        if (isDatabaseSlow) {
            return vertx.timer(20, TimeUnit.MILLISECONDS).map(over -> Optional.ofNullable(persons.get(subject)));
        }
        return isDatabaseThere
                ? Future.succeededFuture(Optional.ofNullable(persons.get(subject)))
                : Future.failedFuture(new Unavailable("database"));
    }
}
