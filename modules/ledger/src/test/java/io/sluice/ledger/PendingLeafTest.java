package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link LeafRaces} finds in a leaf that two lanes come to. */
class PendingLeafTest {

    @Test
    void aLeafThatHasBecomeDurableIsNotTakenAlongAgain() {
        PendingLeaf leaf = new PendingLeaf(Instant.EPOCH, LeafKind.USE, List.of(), "", "");
        assertThat(leaf.take()).isTrue();
        leaf.committed();

        assertThat(leaf.take())
                .as("a lane that looked before it was durable takes it")
                .isFalse();
    }
}
