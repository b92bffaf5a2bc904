package io.sluice.ledger.log;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Unavailable;
import io.sluice.ledger.Uses;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receipt holds every leaf that was durable when it was asked for, or is not given. */
@Clause("C4")
final class ReceiptsIT {

    private static Vertx vertx;

    private SealedHouse sealed;
    private Receipts receipts;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    @BeforeEach
    void open() {
        sealed = new SealedHouse(vertx);
        // without patience: what is not sealed when it is asked for is not waited for
        receipts = new Receipts(vertx, sealed.database, Uses.pseudonyms(), Duration.ofNanos(-1), () -> 0);
        sealed.append(7);
        sealed.seal();
    }

    @AfterEach
    void close() {
        sealed.close();
    }

    @Test
    void whatIsSealedIsInIt() {
        assertThat(leaves(1)).isEqualTo(1);
        sealed.append(14);
        sealed.seal();
        assertThat(leaves(1)).isEqualTo(3);
    }

    @Test
    void whatIsNotSealedYetMakesItWaitAndLeavesOfOthersDoNot() {
        sealed.append(Uses.about(SealedHouse.order(1)));
        assertThatThrownBy(() -> leaves(1)).isInstanceOf(Unavailable.class);
        assertThat(leaves(2)).isEqualTo(1);
        sealed.seal();
        assertThat(leaves(1)).isEqualTo(2);
    }

    @Test
    void aDatabaseWhoseTransactionsAreCountedAnewMakesItWaitForTheSequencer() {
        await(sealed.sequencer.end());
        sealed.house.tamper("update ledger.sequencer set seen = '1000000000:1000000000:'");
        sealed.append(Uses.about(SealedHouse.order(1)));
        assertThatThrownBy(() -> leaves(2)).isInstanceOf(Unavailable.class);
        sealed.seal();
        assertThat(leaves(1)).isEqualTo(2);
        assertThat(leaves(2)).isEqualTo(1);
    }

    @Test
    void aSequencerThatFindsNothingToDoAfterwardsSaysSo() {
        await(sealed.sequencer.end());
        sealed.house.tamper("update ledger.sequencer set seen = '1000000000:1000000000:'");
        sealed.seal();
        assertThat(leaves(1)).isEqualTo(1);
    }

    private int leaves(int order) {
        return await(receipts.of(SealedHouse.order(order))).leaves().size();
    }
}
