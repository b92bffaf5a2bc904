package io.sluice.gateway.account;

import io.sluice.gateway.http.Origin;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in, keeps them in, and lets them out.
 *
 * <p>For an address that nobody has, the password is hashed all the same, and every failure is answered no sooner than a
 * fixed time after its start: from outside, unknown and wrong look alike.
 */
final class SignIn {

    private final Vertx vertx;
    private final Bus bus;
    private final PasswordHashing hashing;
    private final AttemptLimit attempts;
    private final AccessTokens tokens;
    private final SessionLeases sessions;
    private final Function<EmailAddress, String> index;
    private final AccountSettings settings;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;

    SignIn(
            Vertx vertx,
            Bus bus,
            PasswordHashing hashing,
            AttemptLimit attempts,
            AccessTokens tokens,
            SessionLeases sessions,
            Function<EmailAddress, String> index,
            AccountSettings settings,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.vertx = vertx;
        this.bus = bus;
        this.hashing = hashing;
        this.attempts = attempts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.index = index;
        this.settings = settings;
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** @param client where the request comes from */
    Future<Outcome<Tokens>> signIn(Origin client, String email, String password) {
        long begun = nanoTime.getAsLong();
        // what is no address finds nobody, at the same cost
        String emailIndex = index.apply(EmailAddress.parse(email).orElseGet(() -> new EmailAddress(email)));
        if (!attempts.begin(client, emailIndex)) {
            return Future.succeededFuture(Outcome.refused(SignInRefusal.TOO_MANY_ATTEMPTS));
        }
        return whose(emailIndex, password)
                .onFailure(unjudged -> attempts.takeBack(client, emailIndex))
                .compose(owner -> {
                    if (owner.isEmpty()) {
                        return wrong(begun);
                    }
                    attempts.succeeded(client, emailIndex);
                    return open(owner.get());
                });
    }

    /** Whose address and password these are; empty if they do not belong together. Fails if that cannot be told. */
    private Future<Optional<SubjectId>> whose(String emailIndex, String password) {
        return bus.ask(Accounts.CREDENTIAL_OF, Parcel.plain().with(StewardshipFields.EMAIL_INDEX, emailIndex))
                .compose(Settled::outcome)
                .map(SignIn::known)
                .compose(known -> hashing.matches(password, known == null ? null : known.hash())
                        .map(matches ->
                                known != null && matches ? Optional.of(known.subject()) : Optional.<SubjectId>empty()));
    }

    /** A credential that is refused for good, for whatever reason, is one that nobody has. */
    private static Accounts.@Nullable Credential known(Outcome<Accounts.Credential> found) {
        return found instanceof Outcome.Done<Accounts.Credential> done ? done.value() : null;
    }

    private Future<Outcome<Tokens>> wrong(long begun) {
        Duration spent = Duration.ofNanos(nanoTime.getAsLong() - begun);
        long rest = settings.attempts().answerNotBefore().minus(spent).toMillis();
        Future<?> waited = rest > 0 ? vertx.timer(rest, TimeUnit.MILLISECONDS) : Future.succeededFuture();
        return waited.map(over -> Outcome.refused(SignInRefusal.CREDENTIALS_WRONG));
    }

    private Future<Outcome<Tokens>> open(SubjectId subject) {
        RefreshToken first = RefreshToken.random(random);
        return bus.ask(
                        Sessions.OPEN,
                        Parcel.about(Persons.of(subject))
                                .with(StewardshipFields.SESSION_ID, sessionId())
                                .with(StewardshipFields.TOKEN_HASH, first.hash()))
                .compose(Settled::outcome)
                // erased between two questions: nobody's account any more
                .map(opened -> orElse(opened.map(session -> tokens(session, first)), SignInRefusal.CREDENTIALS_WRONG));
    }

    /** Exchanges a refresh token for new tokens; a token that is not good is refused, whyever. Fails if that cannot be told. */
    Future<Outcome<Tokens>> refresh(String text) {
        return RefreshToken.parse(text)
                .map(this::refresh)
                .orElseGet(() -> Future.succeededFuture(Outcome.refused(SignInRefusal.REFRESH_REFUSED)));
    }

    private Future<Outcome<Tokens>> refresh(RefreshToken token) {
        RefreshToken proposed = RefreshToken.random(random);
        return bus.ask(
                        Sessions.REFRESH,
                        Parcel.plain()
                                .with(StewardshipFields.TOKEN_HASH, token.hash())
                                .with(StewardshipFields.NEXT_HASH, proposed.hash())
                                .with(StewardshipFields.NEXT_WRAPPED, token.wrap(proposed)))
                .compose(Settled::outcome)
                .map(refreshed -> orElse(
                        refreshed.map(next -> tokens(next.session(), token.unwrap(next.nextWrapped()))),
                        SignInRefusal.REFRESH_REFUSED));
    }

    /**
     * Ends the session; its access tokens are refused here at once, and elsewhere within the lease. If it cannot be told whether
     * it has ended, it is not taken for ended here either: whoever asks again must still be let in to ask.
     */
    Future<Outcome<Address.Done>> signOut(Principal principal) {
        UUID session = principal.sessionId();
        return bus.ask(Sessions.CLOSE, Parcel.plain().with(StewardshipFields.SESSION_ID, session))
                .compose(Settled::outcome)
                .map(closed -> {
                    if (closed instanceof Outcome.Done<Address.Done>) {
                        sessions.end(session);
                    }
                    return closed;
                });
    }

    /** Whatever was refused for good inside is told outside in one way. */
    private static <T> Outcome<T> orElse(Outcome<T> outcome, SignInRefusal refusal) {
        return outcome instanceof Outcome.Refused<T> ? Outcome.refused(refusal) : outcome;
    }

    private Tokens tokens(Sessions.Session session, RefreshToken refresh) {
        String access = tokens.issue(
                session.subject(),
                session.id(),
                session.epoch(),
                session.roles(),
                Instant.ofEpochMilli(session.signedInAtMillis()));
        return new Tokens(access, refresh.text(), settings.accessTokenLife().toSeconds());
    }

    /** Random all over: a session's id tells neither when it began nor which comes next. */
    private UUID sessionId() {
        long high = random.nextLong() & ~0xF000L | 0x4000L;
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
