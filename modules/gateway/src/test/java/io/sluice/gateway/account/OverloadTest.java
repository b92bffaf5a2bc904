package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.gateway.http.Origin;
import io.sluice.gateway.http.SignInRefusal;
import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Refusal;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.testkit.LawfulBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A room that has no time for a question has not answered it: nobody is signed out by that, and no password is wrong. */
class OverloadTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String EMAIL = "ada@example.org";
    private static final Origin CLIENT = new Origin(false, 7);
    private static final int ALLOWED = 2;

    private final Vertx vertx = Vertx.vertx();
    private final SubjectId ada = new SubjectId(UUID.randomUUID());
    private final Principal signedIn =
            new Principal(ada, UUID.randomUUID(), Role.CUSTOMER.mask(), Instant.parse("2026-11-23T12:00:00Z"));
    private final Map<Address<?, ?>, Refusal> refusing = new ConcurrentHashMap<>();
    private final Set<UUID> closed = ConcurrentHashMap.newKeySet();
    private SessionLeases leases;
    private SignIn signIn;

    @BeforeEach
    void open() throws Exception {
        Bus bus = LawfulBus.on(
                        vertx,
                        Catalogue.of(StewardshipFields.ALL),
                        List.of(
                                Accounts.CREDENTIAL_OF,
                                Sessions.OPEN,
                                Sessions.REFRESH,
                                Sessions.CLOSE,
                                Sessions.CHECK))
                .bus();
        AccountSettings standard = AccountSettings.standard("https://shop.example");
        AccountSettings settings = new AccountSettings(
                standard.issuer(),
                standard.audience(),
                standard.accessTokenLife(),
                standard.sessionLease(),
                100,
                new AccountSettings.Hashing(64, 1, 1, 1, 64),
                new AccountSettings.Attempts(ALLOWED, Duration.ofMinutes(1), 100, Duration.ofMillis(1)));
        PasswordHashing hashing = new PasswordHashing(vertx, settings.hashing(), new SimpleMeterRegistry());
        String hash = await(hashing.hash(PASSWORD));
        serve(
                bus,
                Accounts.CREDENTIAL_OF,
                Parcel.about(Persons.of(ada)).withSealed(StewardshipFields.CREDENTIAL, LawfulBus.sealed(hash)));
        serve(bus, Sessions.OPEN, session());
        serve(bus, Sessions.REFRESH, session().with(StewardshipFields.NEXT_WRAPPED, "00".repeat(32)));
        serve(bus, Sessions.CHECK, session());
        await(bus.serve(Sessions.CLOSE, asked -> {
            closed.add(asked.view());
            return answer(Sessions.CLOSE, Parcel.plain());
        }));
        leases = new SessionLeases(SessionLeases.overBus(bus), settings.sessionLease(), 100, () -> 0);
        signIn = new SignIn(
                vertx,
                bus,
                hashing,
                new AttemptLimit(settings.attempts(), Ticker.disabledTicker()),
                new AccessTokens(vertx, List.of(Forge.key("2026-11")), settings, signedIn::signedInAt),
                leases,
                EmailAddress::canonical,
                settings,
                new SecureRandom(),
                System::nanoTime);
    }

    @AfterEach
    void close() throws TimeoutException {
        await(vertx.close());
    }

    static Stream<PrivacyRefusal> passing() {
        return Stream.of(PrivacyRefusal.values()).filter(PrivacyRefusal::isPassing);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aSessionThatCannotBeLookedAtJustNowIsNotOver(PrivacyRefusal passing) throws Exception {
        refusing.put(Sessions.CHECK, passing);

        assertThatThrownBy(() -> await(leases.goesOn(signedIn.sessionId())))
                .isInstanceOf(Unavailable.class)
                .hasMessage(passing.code());

        refusing.clear();
        assertThat(await(leases.goesOn(signedIn.sessionId())))
                .as("and the failure is not remembered")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = PrivacyRefusal.class,
            names = {"SUBJECT_ERASED", "PURPOSE_NOT_PERMITTED", "NO_CONTRACT", "VIEW_INCOMPLETE"})
    void aSessionThatIsRefusedForGoodIsOver(PrivacyRefusal lasting) throws Exception {
        refusing.put(Sessions.CHECK, lasting);

        assertThat(await(leases.goesOn(signedIn.sessionId()))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aPasswordThatCannotBeLookedAtJustNowIsNotWrong(PrivacyRefusal passing) {
        refusing.put(Accounts.CREDENTIAL_OF, passing);

        assertThatThrownBy(() -> signIn(PASSWORD))
                .isInstanceOf(Unavailable.class)
                .hasMessage(passing.code());
    }

    @Test
    void anAddressThatNobodyHasIsAWrongOne() throws Exception {
        refusing.put(Accounts.CREDENTIAL_OF, AccountRefusal.ACCOUNT_UNKNOWN);

        assertThat(signIn(PASSWORD)).isEqualTo(Outcome.refused(SignInRefusal.CREDENTIALS_WRONG));
    }

    @Test
    void whoWasTurnedAwayUnjudgedHasNotUsedUpAnAttempt() throws Exception {
        refusing.put(Accounts.CREDENTIAL_OF, PrivacyRefusal.OVERLOADED);
        for (int i = 0; i <= ALLOWED; i++) {
            assertThatThrownBy(() -> signIn(PASSWORD)).isInstanceOf(Unavailable.class);
        }

        refusing.clear();

        assertThat(signIn(PASSWORD)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whoWasJudgedWrongHas() throws Exception {
        for (int i = 0; i < ALLOWED; i++) {
            assertThat(signIn("wrong")).isEqualTo(Outcome.refused(SignInRefusal.CREDENTIALS_WRONG));
        }

        assertThat(signIn(PASSWORD)).isEqualTo(Outcome.refused(SignInRefusal.TOO_MANY_ATTEMPTS));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aSessionThatCannotBeOpenedJustNowDoesNotMakeTheRightPasswordWrong(PrivacyRefusal passing) {
        refusing.put(Sessions.OPEN, passing);

        assertThatThrownBy(() -> signIn(PASSWORD)).isInstanceOf(Unavailable.class);
    }

    @Test
    void whoIsErasedBeforeTheSessionIsOpenedHasNoAccount() throws Exception {
        refusing.put(Sessions.OPEN, AccountRefusal.SUBJECT_UNKNOWN);

        assertThat(signIn(PASSWORD)).isEqualTo(Outcome.refused(SignInRefusal.CREDENTIALS_WRONG));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void aRefreshTokenThatCannotBeExchangedJustNowIsStillGood(PrivacyRefusal passing) {
        refusing.put(Sessions.REFRESH, passing);

        assertThatThrownBy(() -> await(signIn.refresh(refreshToken()))).isInstanceOf(Unavailable.class);
    }

    @Test
    void aRefreshTokenOfASessionThatIsOverIsNot() throws Exception {
        refusing.put(Sessions.REFRESH, AccountRefusal.SESSION_ENDED);

        assertThat(await(signIn.refresh(refreshToken()))).isEqualTo(Outcome.refused(SignInRefusal.REFRESH_REFUSED));
    }

    @ParameterizedTest
    @MethodSource("passing")
    void whoCouldNotBeSignedOutMayTryAgain(PrivacyRefusal passing) throws Exception {
        refusing.put(Sessions.CLOSE, passing);

        assertThatThrownBy(() -> await(signIn.signOut(signedIn))).isInstanceOf(Unavailable.class);

        assertThat(await(leases.goesOn(signedIn.sessionId())))
                .as("still let in, to sign out")
                .isTrue();
    }

    @Test
    void whoWasSignedOutIsNotLetInAgain() throws Exception {
        assertThat(await(signIn.signOut(signedIn))).isInstanceOf(Outcome.Done.class);

        assertThat(closed).containsExactly(signedIn.sessionId());
        assertThat(await(leases.goesOn(signedIn.sessionId()))).isFalse();
    }

    private Outcome<Tokens> signIn(String password) throws TimeoutException {
        return await(signIn.signIn(CLIENT, EMAIL, password));
    }

    private static String refreshToken() {
        return RefreshToken.random(new SecureRandom()).text();
    }

    private Parcel session() {
        return Parcel.about(Persons.of(ada))
                .with(StewardshipFields.SESSION_ID, signedIn.sessionId())
                .with(StewardshipFields.SESSION_EPOCH, 0L)
                .with(StewardshipFields.ROLES, (long) signedIn.roles())
                .with(StewardshipFields.SESSION_UNTIL, Long.MAX_VALUE)
                .with(StewardshipFields.SIGNED_IN_AT, signedIn.signedInAt().toEpochMilli());
    }

    private void serve(Bus bus, Address<?, ?> address, Parcel answer) throws TimeoutException {
        await(bus.serve(address, asked -> answer(address, answer)));
    }

    private Future<Outcome<Parcel>> answer(Address<?, ?> address, Parcel answer) {
        Refusal refusal = refusing.get(address);
        return Future.succeededFuture(refusal == null ? Outcome.done(answer) : Outcome.refused(refusal));
    }

    @CanIgnoreReturnValue
    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }
}
