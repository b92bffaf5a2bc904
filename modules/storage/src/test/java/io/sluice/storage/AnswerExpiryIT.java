package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers are kept for 48 hours, and not for long after. */
final class AnswerExpiryIT extends OnAServer {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant OLD = NOW.minus(IdempotencyTable.KEPT).minusSeconds(1);
    private static final Instant YOUNG = NOW.minus(IdempotencyTable.KEPT).plusSeconds(1);
    private static final AnswerExpiryVerticle.Pace BRISK = new AnswerExpiryVerticle.Pace(Duration.ofMillis(20), 3);

    private Database database;
    private final List<String> deployed = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeAll
    static void migrate() {
        Migrations.run(server.settings("sluice"), List.of("storage"));
    }

    @BeforeEach
    void open() {
        database = Database.open(vertx, server.settings("sluice"));
        run("truncate storage.idempotency");
    }

    @AfterEach
    void close() {
        deployed.forEach(one -> await(vertx.undeploy(one)));
        await(database.close());
    }

    @Test
    void oldAnswersGoBatchAfterBatchAndYoungOnesStay() {
        keep("old", 10, OLD);
        keep("young", 2, YOUNG);

        deploy(BRISK);
        until(() -> counted("sluice.storage.answers.expired") >= 10);

        assertThat(scopes()).containsExactly("young-0", "young-1");
        assertThat(counted("sluice.storage.answers.expired")).isEqualTo(10);
    }

    @Test
    void aFailureIsCountedAndTriedAgain() {
        keep("old", 1, OLD);
        run("alter table storage.idempotency rename to hidden");

        deploy(BRISK);
        until(() -> counted("sluice.storage.answers.not-expired") >= 2);
        run("alter table storage.hidden rename to idempotency");
        until(() -> counted("sluice.storage.answers.expired") == 1);

        assertThat(scopes()).isEmpty();
    }

    private void deploy(AnswerExpiryVerticle.Pace pace) {
        deployed.add(await(
                vertx.deployVerticle(new AnswerExpiryVerticle(database, InstantSource.fixed(NOW), pace, meters))));
    }

    private void keep(String name, int count, Instant at) {
        List<IdempotencyTable.Stored> answers = IntStream.range(0, count)
                .mapToObj(i -> new IdempotencyTable.Stored(name + "-" + i, "f", Buffer.buffer("answer")))
                .toList();
        SqlConnection connection = await(database.connect());
        assertThat(await(IdempotencyTable.insert(connection, answers, at).map(true)))
                .isTrue();
        await(connection.close());
    }

    private List<String> scopes() {
        return await(database.query("select scope from storage.idempotency order by scope", Tuple.tuple())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getString(0))
                        .toList()));
    }

    private void run(String sql) {
        assertThat(await(database.query(sql, Tuple.tuple()))).isNotNull();
    }

    private double counted(String meter) {
        return meters.counter(meter).count();
    }

    /** Looks again every few milliseconds, for as long as an await may take. */
    private void until(BooleanSupplier isSo) {
        await(untilThen(isSo));
    }

    private Future<Boolean> untilThen(BooleanSupplier isSo) {
        return isSo.getAsBoolean()
                ? Future.succeededFuture(true)
                : vertx.timer(5).compose(tick -> untilThen(isSo));
    }
}
