package io.sluice.stewardship.account;

import io.sluice.guard.Address;
import io.sluice.guard.Bus;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.stewardship.api.Accounts;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.Sessions;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What is done with accounts and sessions. */
final class AccountDesk {

    private final Bus bus;
    private final GroupCommit<NewAccount, Boolean> accounts;
    private final GroupCommit<SessionChange, SessionAnswer> sessions;
    private final AccountRows rows;
    private final InstantSource clock;

    AccountDesk(
            Bus bus,
            GroupCommit<NewAccount, Boolean> accounts,
            GroupCommit<SessionChange, SessionAnswer> sessions,
            AccountRows rows,
            InstantSource clock) {
        this.bus = bus;
        this.accounts = accounts;
        this.sessions = sessions;
        this.rows = rows;
        this.clock = clock;
    }

    /** Answers alike whether an account was made or the address had one: who asks must not learn which. */
    Future<Outcome<Parcel>> register(Delivery<Accounts.Register> delivery) {
        Accounts.Register wanted = delivery.view();
        NewAccount account =
                new NewAccount(buyer(delivery), bytes(wanted.emailIndex()), wanted.sealed(), clock.instant());
        return accounts.submit(account, delivery.riders()).map(made -> Outcome.done(Parcel.plain()));
    }

    Future<Outcome<Parcel>> credential(Delivery<String> delivery) {
        return rows.credential(bytes(delivery.view()))
                .map(found -> found.map(credential -> Outcome.done(Parcel.about(Persons.of(credential.subject()))
                                .withSealed(StewardshipFields.CREDENTIAL, credential.sealed())))
                        .orElseGet(() -> Outcome.refused(AccountRefusal.ACCOUNT_UNKNOWN)));
    }

    Future<Outcome<Parcel>> home(Delivery<Address.Done> delivery) {
        return rows.country(buyer(delivery))
                .map(country -> Outcome.done(Parcel.about(Persons.of(buyer(delivery)))
                        .withSealed(StewardshipFields.COUNTRY, country.orElse(null))));
    }

    Future<Outcome<Parcel>> open(Delivery<Sessions.Open> delivery) {
        Sessions.Open open = delivery.view();
        return change(
                new SessionChange.Open(open.sessionId(), buyer(delivery), bytes(open.tokenHash()), clock.instant()));
    }

    Future<Outcome<Parcel>> refresh(Delivery<Sessions.Refresh> delivery) {
        Sessions.Refresh refresh = delivery.view();
        return change(new SessionChange.Refresh(
                bytes(refresh.tokenHash()), bytes(refresh.nextHash()), bytes(refresh.nextWrapped()), clock.instant()));
    }

    Future<Outcome<Parcel>> close(Delivery<UUID> delivery) {
        return sessions.submit(new SessionChange.Close(delivery.view(), clock.instant()), List.of())
                .map(over -> {
                    announceEnd(delivery.view());
                    return Outcome.done(Parcel.plain());
                });
    }

    Future<Outcome<Parcel>> check(Delivery<UUID> delivery) {
        return rows.session(delivery.view())
                .map(found -> found.filter(session -> session.goesOnAt(clock.instant()))
                        .map(session -> Outcome.done(session.parcel()))
                        .orElseGet(() -> Outcome.refused(AccountRefusal.SESSION_ENDED)));
    }

    private Future<Outcome<Parcel>> change(SessionChange change) {
        return sessions.submit(change, List.of()).map(answer -> switch (answer) {
            case SessionAnswer.GoesOn goesOn -> Outcome.done(parcel(goesOn));
            case SessionAnswer.Over over -> Outcome.refused(AccountRefusal.SESSION_ENDED);
            case SessionAnswer.Nobody nobody -> Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN);
            case SessionAnswer.Stolen stolen -> {
                announceEnd(stolen.session().id());
                yield Outcome.refused(AccountRefusal.TOKEN_REUSED);
            }
        });
    }

    private static Parcel parcel(SessionAnswer.GoesOn goesOn) {
        String next = goesOn.nextWrapped()
                .map(wrapped -> HexFormat.of().formatHex(wrapped.getBytes()))
                .orElse(null);
        return goesOn.session().parcel().with(StewardshipFields.NEXT_WRAPPED, next);
    }

    private void announceEnd(UUID session) {
        bus.announce(Sessions.ENDED, Parcel.plain().with(StewardshipFields.SESSION_ID, session));
    }

    private static SubjectId buyer(Delivery<?> delivery) {
        return Objects.requireNonNull(delivery.parties().buyer(), "a message about nobody");
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex));
    }
}
