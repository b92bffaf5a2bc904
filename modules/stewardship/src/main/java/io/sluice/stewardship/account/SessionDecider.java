package io.sluice.stewardship.account;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Decides one change after the other, on the rows that were locked for them. Pure but for its own notes. */
final class SessionDecider {

    /** A person who may begin a session. */
    record Person(int epoch, int roles, boolean isLeaving) {}

    private final Duration tokenGrace;
    private final Duration sessionLife;
    private final Map<UUID, SessionRow> sessions = new HashMap<>();
    private final Map<Buffer, TokenRow> tokens = new HashMap<>();
    private final Map<UUID, Person> persons = new HashMap<>();

    final Map<UUID, SessionRow> opened = new LinkedHashMap<>();
    final Map<UUID, Ending> ended = new LinkedHashMap<>();
    final Map<Buffer, TokenRow> spent = new LinkedHashMap<>();
    final Map<Buffer, NewToken> issued = new LinkedHashMap<>();

    /** @param reason {@code closed} or {@code token_reused} */
    record Ending(Instant at, String reason) {}

    record NewToken(UUID session, Instant at) {}

    SessionDecider(SessionSettings settings) {
        this.tokenGrace = settings.tokenGrace();
        this.sessionLife = settings.sessionLife();
    }

    void knows(SessionRow session) {
        sessions.put(session.id(), session);
    }

    void knows(TokenRow token) {
        tokens.put(token.hash(), token);
    }

    void knows(UUID subject, Person person) {
        persons.put(subject, person);
    }

    List<SessionAnswer> decide(List<SessionChange> changes) {
        List<SessionAnswer> answers = new ArrayList<>();
        for (SessionChange change : changes) {
            answers.add(
                    switch (change) {
                        case SessionChange.Open open -> open(open);
                        case SessionChange.Refresh refresh -> refresh(refresh);
                        case SessionChange.Close close -> close(close);
                    });
        }
        return answers;
    }

    private SessionAnswer open(SessionChange.Open open) {
        SessionRow before = sessions.get(open.session());
        if (before != null) {
            // asked again after a lost answer; another person's session of the same id is nobody's business
            return before.subject().equals(open.subject()) && before.goesOnAt(open.at())
                    ? new SessionAnswer.GoesOn(before, Optional.empty())
                    : new SessionAnswer.Over();
        }
        Person person = persons.get(open.subject().value());
        if (person == null || person.isLeaving()) {
            return new SessionAnswer.Nobody();
        }
        SessionRow session = new SessionRow(
                open.session(),
                open.subject(),
                person.epoch(),
                person.roles(),
                open.at(),
                open.at().plus(sessionLife),
                false);
        sessions.put(session.id(), session);
        opened.put(session.id(), session);
        issue(open.token(), session, open.at());
        return new SessionAnswer.GoesOn(session, Optional.empty());
    }

    private SessionAnswer refresh(SessionChange.Refresh refresh) {
        TokenRow token = tokens.get(refresh.token());
        SessionRow session = token == null ? null : sessions.get(token.session());
        if (token == null || session == null || !session.goesOnAt(refresh.at())) {
            return new SessionAnswer.Over();
        }
        @Nullable Instant spentAt = token.spentAt();
        @Nullable Buffer successor = token.successor();
        if (spentAt == null || successor == null) {
            TokenRow spentNow = token.spent(refresh.at(), refresh.nextWrapped());
            tokens.put(token.hash(), spentNow);
            spent.put(token.hash(), spentNow);
            issue(refresh.next(), session, refresh.at());
            return new SessionAnswer.GoesOn(session, Optional.of(refresh.nextWrapped()));
        }
        if (refresh.at().isBefore(spentAt.plus(tokenGrace))) {
            return new SessionAnswer.GoesOn(session, Optional.of(successor));
        }
        end(session, refresh.at(), "token_reused");
        return new SessionAnswer.Stolen(session);
    }

    private SessionAnswer close(SessionChange.Close close) {
        SessionRow session = sessions.get(close.session());
        if (session != null && !session.isVoid()) {
            end(session, close.at(), "closed");
        }
        return new SessionAnswer.Over();
    }

    private void end(SessionRow session, Instant at, String reason) {
        sessions.put(session.id(), session.ended());
        ended.put(session.id(), new Ending(at, reason));
    }

    private void issue(Buffer token, SessionRow session, Instant at) {
        tokens.put(token, new TokenRow(token, session.id(), null, null));
        issued.put(token, new NewToken(session.id(), at));
    }
}
