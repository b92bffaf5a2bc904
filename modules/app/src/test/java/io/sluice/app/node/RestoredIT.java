package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.api.CommerceFields;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.LogReads;
import io.sluice.stewardship.restore.Restriction;
import io.sluice.storage.DatabaseSettings;
import io.sluice.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Old data with today's keys: a database that was put back to before an erasure and a withdrawal, under a node whose keys and second
 * sink were not.
 */
class RestoredIT {

    @TempDir
    Path dataDir;

    @Test
    @Clause({"D4", "D5"})
    void aRestoredDatabaseServesNobodyBeforeItWasToldWhatItHasLostAndThenNobodyWhoLeft() throws Exception {
        DatabaseSettings data = PostgresFixture.freshDatabase();
        String url = "postgresql://%s@%s:%d/%s".formatted(data.user(), data.host(), data.port(), data.database());
        try (House house = new House(dataDir, Map.of("database.url", url, "database.password", data.password()))) {
            House.Gift gift = house.gift("pm_card_visa");
            house.untilClosed(gift.id());
            house.stop();
            run(data, "create database %s_backup template %s".formatted(data.database(), data.database()));
            // twin: a database that has lost nothing
            house.start();
            house.erased(gift.recipient());
            assertThat(house.withdraws("shipment").statusCode()).isEqualTo(200);
            Path sink = KeptElsewhere.file(house.config()).orElseThrow();
            assertThat(house.until(
                            "the second sink",
                            () -> Optional.of(restrictions(sink))
                                    .filter(kept -> kept.stream()
                                                    .anyMatch(one -> one.data().contains("shipment"))
                                            && kept.stream()
                                                    .anyMatch(one -> one.data().contains("\"erased\":true")))))
                    .isNotEmpty();
            house.stop();
            UUID former = KeptElsewhere.in(sink).head().orElseThrow().log();
            run(data, "drop database %s".formatted(data.database()));
            run(data, "alter database %s_backup rename to %s".formatted(data.database(), data.database()));

            assertThatThrownBy(house::start)
                    .isInstanceOf(StartFailed.class)
                    .rootCause()
                    .hasMessageContaining("sluice restore reconcile");

            Restoration.Report report = Restoration.reconcile(house.config(), sink);
            assertThat(report.applied()).isGreaterThanOrEqualTo(2);
            assertThat(Restoration.reconcile(house.config(), sink).told())
                    .as("told again it has forgotten nothing")
                    .isZero();
            house.start();

            house.untilShredded(gift.recipient());
            assertThat(snapshot(house, gift.recipient()).erased()).isTrue();
            assertThat(house.opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
            assertThat(house.stored(gift.id()).keySet())
                    .containsExactlyInAnyOrder(CommerceFields.PAYMENT_METHOD, CommerceFields.CONTACT_EMAIL);
            assertThat(house.opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("pm_card_visa");
            SubjectSnapshot buyer = snapshot(house, gift.buyer());
            assertThat(buyer.permits(Purpose.SHIPMENT)).isFalse();
            assertThat(buyer.permits(Purpose.TRANSACTION_VERIFICATION))
                    .as("what they left as it was")
                    .isTrue();
            assertThat(house.get(house.token(), "/v1/orders/" + gift.id()).statusCode())
                    .isEqualTo(200);
            assertThat(house.rows(
                            "select from stewardship.consent where subject = $1 and purpose = 'shipment'"
                                    + " and not granted",
                            gift.buyer().value()))
                    .as("what they said is on record")
                    .hasSize(1);
            assertThat(house.until(
                            "heads of a log of another name",
                            () -> House.await(new LogReads(house.node().stores().data()).latest())
                                    .map(head -> head.head().log())
                                    .filter(log -> !log.equals(former))))
                    .isNotNull();
        }
    }

    private static SubjectSnapshot snapshot(House house, SubjectId person) {
        return House.await(house.node().stores().snapshots().of(person)).orElseThrow();
    }

    private static List<Restriction> restrictions(Path sink) throws Exception {
        List<Restriction> kept = new ArrayList<>();
        FileSink.read(sink, Restriction.KIND, (JsonObject data) -> kept.add(Restriction.of(data)));
        return kept;
    }

    private static void run(DatabaseSettings data, String sql) throws SQLException {
        String server = data.jdbcUrl().replace("/" + data.database(), "/postgres");
        try (Connection connection = DriverManager.getConnection(server, data.user(), data.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
