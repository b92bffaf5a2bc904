package io.sluice.stewardship;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sessions: opened, refreshed, stolen, closed. Tokens are numbers here; what is wrapped is the successor's own name. */
class SessionsIT {

    private static final AtomicInteger TOKENS = new AtomicInteger(0x1000);

    private static TownHall hall;

    @BeforeAll
    static void open() {
        hall = new TownHall();
    }

    @AfterAll
    static void close() {
        hall.close();
    }

    @Test
    void aSessionBelongsToItsPersonWithTheirRolesAndGoesOn() {
        SubjectId ada = person();

        Sessions.Session session = opened(ada, token());

        assertThat(session.subject()).isEqualTo(ada);
        assertThat(session.roles()).isEqualTo(Role.CUSTOMER.mask());
        assertThat(session.signedInAtMillis()).isEqualTo(hall.now().toEpochMilli());
        assertThat(check(session.id())).isEqualTo(Outcome.done(session));
    }

    @Test
    void openingTheSameSessionAgainIsAnsweredAlike() {
        SubjectId ada = person();
        UUID id = UUID.randomUUID();
        String token = token();

        assertThat(open(ada, id, token)).isEqualTo(open(ada, id, token));
    }

    @Test
    void anothersSessionCannotBeOpenedAgain() {
        UUID id = UUID.randomUUID();
        assertThat(open(person(), id, token())).isInstanceOf(Outcome.Done.class);

        assertThat(open(person(), id, token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
    }

    @Test
    void nobodyUnknownHasASession() {
        assertThat(open(hall.somebody(), UUID.randomUUID(), token()))
                .isEqualTo(Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN));
    }

    @Test
    void aRefreshTokenIsGoodForItsSuccessor() {
        String first = token();
        String second = token();
        Sessions.Session session = opened(person(), first);

        Outcome<Sessions.Refreshed> refreshed = refresh(first, second);

        assertThat(refreshed).isEqualTo(Outcome.done(new Sessions.Refreshed(session, second)));
        assertThat(refresh(second, token())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRefreshDoesNotMakeTheSignInYounger() {
        String first = token();
        Sessions.Session session = opened(person(), first);

        hall.later(Duration.ofMinutes(5));

        assertThat(refresh(first, token()).map(refreshed -> refreshed.session().signedInAtMillis()))
                .isEqualTo(Outcome.done(session.signedInAtMillis()));
    }

    @Test
    void theSameTokenWithinTenSecondsHasTheSameSuccessor() {
        String first = token();
        String second = token();
        opened(person(), first);
        assertThat(refresh(first, second)).isInstanceOf(Outcome.Done.class);

        hall.later(Duration.ofSeconds(9));
        Outcome<Sessions.Refreshed> again = refresh(first, token());

        assertThat(again.map(Sessions.Refreshed::nextWrapped)).isEqualTo(Outcome.done(second));
        assertThat(refresh(second, token())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void manyTabsThatRefreshAtOnceAgreeOnOneSuccessor() {
        String first = token();
        opened(person(), first);

        List<Future<Outcome<Sessions.Refreshed>>> tabs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tabs.add(hall.bus.ask(Sessions.REFRESH, refreshing(first, token())));
        }
        TownHall.await(Future.all(tabs));

        assertThat(tabs.stream().map(Future::result).distinct()).hasSize(1);
    }

    @Test
    void aStolenTokenEndsTheWholeSession() {
        String first = token();
        String second = token();
        Sessions.Session session = opened(person(), first);
        assertThat(refresh(first, second)).isInstanceOf(Outcome.Done.class);

        hall.later(Duration.ofSeconds(10));

        assertThat(refresh(first, token())).isEqualTo(Outcome.refused(AccountRefusal.TOKEN_REUSED));
        assertThat(refresh(second, token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
        assertThat(check(session.id())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
    }

    @Test
    void aTheftEndsNoOtherSessionOfTheSamePerson() {
        SubjectId ada = person();
        String first = token();
        opened(ada, first);
        Sessions.Session other = opened(ada, token());
        assertThat(refresh(first, token())).isInstanceOf(Outcome.Done.class);

        hall.later(Duration.ofSeconds(10));
        assertThat(refresh(first, token())).isInstanceOf(Outcome.Refused.class);

        assertThat(check(other.id())).isEqualTo(Outcome.done(other));
    }

    @Test
    void anUnknownTokenRefreshesNothing() {
        assertThat(refresh(token(), token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
    }

    @Test
    void aClosedSessionIsOverAndClosingItAgainChangesNothing() {
        String first = token();
        Sessions.Session session = opened(person(), first);

        assertThat(closed(session.id())).isInstanceOf(Outcome.Done.class);
        assertThat(closed(session.id())).isInstanceOf(Outcome.Done.class);

        assertThat(check(session.id())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
        assertThat(refresh(first, token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
    }

    @Test
    void aSessionEndsAtItsTimeRefreshedOrNot() {
        String first = token();
        String second = token();
        Sessions.Session session = opened(person(), first);
        hall.later(Duration.ofDays(29));
        assertThat(refresh(first, second)).isInstanceOf(Outcome.Done.class);

        hall.later(Duration.ofDays(1));

        assertThat(check(session.id())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
        assertThat(refresh(second, token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
    }

    @Test
    void aLaterEpochOfThePersonVoidsTheirSessions() {
        SubjectId ada = person();
        String first = token();
        Sessions.Session session = opened(ada, first);

        hall.sql("update stewardship.subject set session_epoch = 1, version = version + 1 where id = $1", ada.value());

        assertThat(check(session.id())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
        assertThat(refresh(first, token())).isEqualTo(Outcome.refused(AccountRefusal.SESSION_ENDED));
        assertThat(opened(ada, token()).epoch()).isEqualTo(1);
    }

    @Test
    void theStoreKnowsNoTokenButByItsHash() {
        assertThat(hall.sql("""
                        select column_name, data_type from information_schema.columns
                        where table_schema = 'stewardship' and table_name = 'refresh_token'
                        order by ordinal_position"""))
                .containsExactly(
                        "hash bytea",
                        "session uuid",
                        "issued_at timestamp with time zone",
                        "spent_at timestamp with time zone",
                        "successor bytea");
    }

    private static SubjectId person() {
        SubjectId subject = hall.somebody();
        assertThat(hall.introduce(subject)).isInstanceOf(Outcome.Done.class);
        return subject;
    }

    private static String token() {
        return Integer.toHexString(TOKENS.incrementAndGet());
    }

    @CanIgnoreReturnValue
    private static Sessions.Session opened(SubjectId subject, String token) {
        return switch (open(subject, UUID.randomUUID(), token)) {
            case Outcome.Done<Sessions.Session> done -> done.value();
            case Outcome.Refused<Sessions.Session> refused -> throw new AssertionError(refused.code());
        };
    }

    private static Outcome<Sessions.Session> open(SubjectId subject, UUID session, String token) {
        return hall.ask(
                Sessions.OPEN,
                Parcel.about(Persons.of(subject))
                        .with(StewardshipFields.SESSION_ID, session)
                        .with(StewardshipFields.TOKEN_HASH, token));
    }

    private static Outcome<Sessions.Refreshed> refresh(String token, String next) {
        return hall.ask(Sessions.REFRESH, refreshing(token, next));
    }

    private static Parcel refreshing(String token, String next) {
        return Parcel.plain()
                .with(StewardshipFields.TOKEN_HASH, token)
                .with(StewardshipFields.NEXT_HASH, next)
                .with(StewardshipFields.NEXT_WRAPPED, next);
    }

    private static Outcome<?> closed(UUID session) {
        return hall.ask(Sessions.CLOSE, Parcel.plain().with(StewardshipFields.SESSION_ID, session));
    }

    private static Outcome<Sessions.Session> check(UUID session) {
        return hall.ask(Sessions.CHECK, Parcel.plain().with(StewardshipFields.SESSION_ID, session));
    }
}
