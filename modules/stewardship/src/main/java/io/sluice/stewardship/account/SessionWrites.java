package io.sluice.stewardship.account;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The multi-row statements that write what was decided about sessions. */
final class SessionWrites {

    private SessionWrites() {}

    static List<Future<?>> of(SqlConnection transaction, SessionDecider decided) {
        List<Future<?>> writes = new ArrayList<>();
        if (!decided.opened.isEmpty()) {
            writes.add(open(transaction, decided.opened.values()));
        }
        if (!decided.issued.isEmpty()) {
            writes.add(issue(transaction, decided));
        }
        if (!decided.spent.isEmpty()) {
            writes.add(spend(transaction, List.copyOf(decided.spent.values())));
        }
        if (!decided.ended.isEmpty()) {
            writes.add(end(transaction, decided));
        }
        return writes;
    }

    private static Future<?> open(SqlConnection transaction, Collection<SessionRow> sessions) {
        return transaction
                .preparedQuery("""
                        insert into stewardship.session (id, subject, epoch, signed_in_at, until)
                        select * from unnest($1::uuid[], $2::uuid[], $3::integer[], $4::timestamptz[],
                            $5::timestamptz[])""")
                .execute(Tuple.of(
                        sessions.stream().map(SessionRow::id).toArray(UUID[]::new),
                        sessions.stream()
                                .map(session -> session.subject().value())
                                .toArray(UUID[]::new),
                        sessions.stream()
                                .map(session -> Math.toIntExact(session.epoch()))
                                .toArray(Integer[]::new),
                        times(sessions.stream().map(SessionRow::signedInAt)),
                        times(sessions.stream().map(SessionRow::until))));
    }

    private static Future<?> issue(SqlConnection transaction, SessionDecider decided) {
        return transaction
                .preparedQuery("""
                        insert into stewardship.refresh_token (hash, session, issued_at)
                        select * from unnest($1::bytea[], $2::uuid[], $3::timestamptz[])""")
                .execute(Tuple.of(
                        decided.issued.keySet().toArray(Buffer[]::new),
                        decided.issued.values().stream()
                                .map(SessionDecider.NewToken::session)
                                .toArray(UUID[]::new),
                        times(decided.issued.values().stream().map(SessionDecider.NewToken::at))));
    }

    private static Future<?> spend(SqlConnection transaction, List<TokenRow> tokens) {
        return transaction
                .preparedQuery("""
                        update stewardship.refresh_token t set spent_at = u.spent_at, successor = u.successor
                        from unnest($1::bytea[], $2::timestamptz[], $3::bytea[]) as u (hash, spent_at, successor)
                        where t.hash = u.hash""")
                .execute(Tuple.of(
                        tokens.stream().map(TokenRow::hash).toArray(Buffer[]::new),
                        times(tokens.stream().flatMap(token -> Stream.ofNullable(token.spentAt()))),
                        tokens.stream()
                                .flatMap(token -> Stream.ofNullable(token.successor()))
                                .toArray(Buffer[]::new)));
    }

    private static Future<?> end(SqlConnection transaction, SessionDecider decided) {
        return transaction
                .preparedQuery("""
                        update stewardship.session s set ended_at = u.ended_at, end_reason = u.reason
                        from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as u (id, ended_at, reason)
                        where s.id = u.id""")
                .execute(Tuple.of(
                        decided.ended.keySet().toArray(UUID[]::new),
                        times(decided.ended.values().stream().map(SessionDecider.Ending::at)),
                        decided.ended.values().stream()
                                .map(SessionDecider.Ending::reason)
                                .toArray(String[]::new)));
    }

    private static OffsetDateTime[] times(Stream<Instant> instants) {
        return instants.map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    }
}
