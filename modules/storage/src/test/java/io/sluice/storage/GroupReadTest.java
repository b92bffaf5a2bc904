package io.sluice.storage;

import static io.sluice.storage.TestServer.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows are the squares of their keys; there is none for a negative key. */
final class GroupReadTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<List<Integer>> queries = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void keysThatAreAskedForTogetherAreReadTogetherAndEachHasItsRow() {
        Promise<Void> pause = Promise.promise();
        GroupRead<Integer, Integer> reads = reads(keys -> pause.future().map(waited -> squares(keys)));
        List<Future<Optional<Integer>>> rows = ask(reads, 1, 2, -3, 2);
        pause.complete();
        assertThat(results(rows)).containsExactly(Optional.of(1), Optional.of(4), Optional.empty(), Optional.of(4));
        assertThat(queries).containsExactly(List.of(1), List.of(2, -3));
    }

    @Test
    void aQueryThatNeverEndsIsNotAvailableAndGivesItsPlaceUp() {
        Promise<Map<Integer, Integer>> never = Promise.promise();
        GroupRead<Integer, Integer> reads =
                reads(keys -> keys.contains(0) ? never.future() : Future.succeededFuture(squares(keys)));
        Future<Optional<Integer>> silent = reads.get(0);
        Future<Optional<Integer>> next = reads.get(5);
        assertThatThrownBy(() -> await(silent)).isInstanceOf(Unavailable.class);
        assertThat(await(next)).contains(25);
    }

    @Test
    void aQueryThatThrowsFailsAndGivesItsPlaceUp() {
        GroupRead<Integer, Integer> reads = reads(keys -> {
            if (keys.contains(0)) {
                throw new IllegalStateException("no query for nothing");
            }
            return Future.succeededFuture(squares(keys));
        });
        assertThatThrownBy(() -> await(reads.get(0))).hasMessage("no query for nothing");
        assertThat(await(reads.get(5))).contains(25);
    }

    @Test
    void aRowThatCannotBeReadFailsAlone() {
        Promise<Void> pause = Promise.promise();
        GroupRead<Integer, Integer> reads = reads(keys -> pause.future().map(waited -> {
            if (keys.contains(13)) {
                throw new IllegalStateException("unlucky");
            }
            return squares(keys);
        }));
        List<Future<Optional<Integer>>> rows = ask(reads, 0, 10, 11, 12, 13, 14, 15, 16);
        pause.complete();
        await(Future.join(rows).otherwiseEmpty());
        assertThat(rows.get(4).cause()).hasMessage("unlucky");
        assertThat(rows.stream().filter(Future::succeeded)).hasSize(7);
        assertThat(rows.get(5).result()).contains(196);
    }

    @Test
    void whatIsTrueOfAllRowsIsNotAskedOfEach() {
        Promise<Void> pause = Promise.promise();
        GroupRead<Integer, Integer> reads =
                reads(keys -> pause.future().compose(waited -> Future.failedFuture(new DatabaseUnavailable())));
        List<Future<Optional<Integer>>> rows = ask(reads, 0, 10, 11, 12);
        pause.complete();
        await(Future.join(rows).otherwiseEmpty());
        assertThat(rows).allSatisfy(row -> assertThat(row.cause()).isInstanceOf(DatabaseUnavailable.class));
        assertThat(queries).containsExactly(List.of(0), List.of(10, 11, 12));
    }

    /** One query at a time, and little patience with it. */
    private GroupRead<Integer, Integer> reads(Function<List<Integer>, Future<Map<Integer, Integer>>> query) {
        return new GroupRead<>(vertx, "squares", 1, 100, 1000, Duration.ofMillis(200), keys -> {
            queries.add(keys);
            return query.apply(keys);
        });
    }

    private List<Future<Optional<Integer>>> ask(GroupRead<Integer, Integer> reads, int... keys) {
        List<Future<Optional<Integer>>> rows = new ArrayList<>();
        for (int key : keys) {
            rows.add(reads.get(key));
        }
        return rows;
    }

    private static List<Optional<Integer>> results(List<Future<Optional<Integer>>> rows) {
        return rows.stream().map(TestServer::await).toList();
    }

    private static Map<Integer, Integer> squares(List<Integer> keys) {
        Map<Integer, Integer> squares = new HashMap<>();
        keys.stream().filter(key -> key >= 0).forEach(key -> squares.put(key, key * key));
        return squares;
    }
}
