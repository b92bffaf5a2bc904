package io.sluice.ledger;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.PrivacyRefusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The leaves of a time are all shown, once each, wherever in their shards they stand. */
final class LeafPagesIT {

    /** More than two pages in each shard of two. */
    private static final int LEAVES = 9_000;

    private static Vertx vertx;

    private CountingHouse house;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void oneLeafAMinute() {
        house = new CountingHouse(vertx);
        List<Future<Void>> appended = new ArrayList<>();
        for (int minute = 0; minute < LEAVES; minute++) {
            appended.add(house.ledger.append(Uses.refusal("minute " + minute, PrivacyRefusal.NO_CONTRACT, at(minute))));
        }
        await(Future.all(appended));
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static Instant at(int minute) {
        return Uses.NOON.plus(Duration.ofMinutes(minute));
    }

    private List<String> read(int since, int until) {
        List<String> shown = new ArrayList<>();
        assertThat(await(LeafPages.read(
                        house.database, at(since), at(until), leaf -> shown.add(leaf.getString("receiver")))))
                .isEqualTo(shown.size());
        return shown;
    }

    @Test
    void fromTheOneInstantInclusiveToTheOtherExclusive() {
        assertThat(read(7_000, 7_003)).containsExactlyInAnyOrder("minute 7000", "minute 7001", "minute 7002");
        assertThat(read(0, LEAVES)).hasSize(LEAVES).doesNotHaveDuplicates();
        assertThat(read(8_999, 20_000)).containsExactly("minute 8999");
        assertThat(read(20_000, 30_000)).isEmpty();
    }

    @Test
    void leavesThatAreMissingHideNoOthers() {
        house.tamper("delete from ledger.leaf where n % 2 = 0 or n between 1000 and 2500");
        List<String> left = read(0, LEAVES);
        assertThat(left).hasSize(house.count("ledger.leaf"));
        assertThat(read(6_000, 6_100)).isSubsetOf(left).isNotEmpty();
    }
}
