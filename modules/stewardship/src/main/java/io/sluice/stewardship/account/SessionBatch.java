package io.sluice.stewardship.account;

import io.sluice.storage.Batch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Applies changes to sessions, many in one transaction: locks, in order of id, every session concerned. */
final class SessionBatch implements Batch<SessionChange, SessionAnswer> {

    private final SessionSettings settings;

    SessionBatch(SessionSettings settings) {
        this.settings = settings;
    }

    @Override
    public Future<Plan<SessionAnswer>> prepare(SqlConnection transaction, List<SessionChange> changes) {
        UUID[] named = changes.stream().flatMap(SessionBatch::session).toArray(UUID[]::new);
        Buffer[] hashes = changes.stream().flatMap(SessionBatch::token).toArray(Buffer[]::new);
        UUID[] openers = changes.stream().flatMap(SessionBatch::opener).toArray(UUID[]::new);
        // first, as whoever changes a person has it: a person who leaves has been seen here, or waits, and takes this
        // session along
        Future<RowSet<Row>> persons = transaction.preparedQuery("""
                        select id, session_epoch, roles, leaving
                        from stewardship.subject where id = any ($1::uuid[]) order by id for share""").execute(Tuple.of((Object) openers));
        // a token belongs to one session: whoever holds the session's lock holds the tokens'
        Future<RowSet<Row>> sessions = transaction
                .preparedQuery("select " + SessionRow.COLUMNS + """

                        from stewardship.session s join stewardship.subject p on p.id = s.subject
                        where s.id = any ($1::uuid[])
                           or s.id in (select session from stewardship.refresh_token where hash = any ($2::bytea[]))
                        order by s.id for update of s""")
                .execute(Tuple.of(named, (Object) hashes));
        Future<RowSet<Row>> tokens = transaction.preparedQuery("""
                        select hash, session, spent_at, successor
                        from stewardship.refresh_token where hash = any ($1::bytea[])""").execute(Tuple.of((Object) hashes));
        return Future.all(sessions, tokens, persons).map(found -> {
            SessionDecider decider = new SessionDecider(settings);
            sessions.result().forEach(row -> decider.knows(SessionRow.read(row)));
            tokens.result().forEach(row -> decider.knows(token(row)));
            persons.result().forEach(row -> decider.knows(row.getUUID(0), person(row)));
            return new SessionPlan(decider, decider.decide(changes));
        });
    }

    private static Stream<UUID> session(SessionChange change) {
        return switch (change) {
            case SessionChange.Open open -> Stream.of(open.session());
            case SessionChange.Refresh refresh -> Stream.empty();
            case SessionChange.Close close -> Stream.of(close.session());
        };
    }

    private static Stream<Buffer> token(SessionChange change) {
        return switch (change) {
            case SessionChange.Open open -> Stream.empty();
            case SessionChange.Refresh refresh -> Stream.of(refresh.token());
            case SessionChange.Close close -> Stream.empty();
        };
    }

    private static Stream<UUID> opener(SessionChange change) {
        return switch (change) {
            case SessionChange.Open open -> Stream.of(open.subject().value());
            case SessionChange.Refresh refresh -> Stream.empty();
            case SessionChange.Close close -> Stream.empty();
        };
    }

    private static TokenRow token(Row row) {
        OffsetDateTime spentAt = row.getOffsetDateTime(2);
        return new TokenRow(
                row.getBuffer(0), row.getUUID(1), spentAt == null ? null : spentAt.toInstant(), row.getBuffer(3));
    }

    private static SessionDecider.Person person(Row row) {
        return new SessionDecider.Person(row.getInteger(1), row.getInteger(2), row.getBoolean(3));
    }

    private record SessionPlan(SessionDecider decided, List<SessionAnswer> answers) implements Plan<SessionAnswer> {
        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            return SessionWrites.of(transaction, decided);
        }
    }
}
