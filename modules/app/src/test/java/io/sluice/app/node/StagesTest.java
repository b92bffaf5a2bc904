package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Starting, and ending in reverse. */
class StagesTest {

    private final Stages stages = new Stages();
    private final List<String> ended = new ArrayList<>();

    @Test
    void whatStartedLastEndsFirst() {
        ends("database");
        ends("rooms");
        ends("doors");

        Ending ending = stages.end(Duration.ofSeconds(5));

        assertThat(ended).containsExactly("doors", "rooms", "database");
        assertThat(ending.clean()).isTrue();
    }

    @Test
    void whatFailsToEndIsToldAndKeepsNothingElseFromEnding() {
        ends("database");
        stages.endBy("rooms", () -> Future.failedFuture(new IllegalStateException("stuck")));
        stages.endBy("doors", () -> {
            throw new IllegalStateException("broken");
        });

        Ending ending = stages.end(Duration.ofSeconds(5));

        assertThat(ended).containsExactly("database");
        assertThat(ending.clean()).isFalse();
        assertThat(ending.troubles())
                .containsExactly(
                        "doors failed to end: IllegalStateException", "rooms failed to end: IllegalStateException");
    }

    @Test
    void whatDoesNotEndInTimeIsToldAndKeepsNothingElseFromEnding() {
        ends("database");
        Promise<Void> never = Promise.promise();
        stages.endBy("rooms", never::future);

        Ending ending = stages.end(Duration.ofMillis(50));

        assertThat(ended).containsExactly("database");
        assertThat(ending.troubles()).containsExactly("rooms did not end in time");
    }

    @Test
    void aStartThatFailsNamesItsStage() {
        assertThatThrownBy(() -> stages.started("the ledger", () -> Future.failedFuture("away")))
                .isInstanceOf(StartFailed.class)
                .hasMessage("could not start the ledger");
    }

    private void ends(String name) {
        stages.endBy(name, () -> {
            ended.add(name);
            return Future.succeededFuture();
        });
    }
}
