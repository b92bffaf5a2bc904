package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionLeasesTest {

    private static final Duration LEASE = Duration.ofSeconds(2);

    private final UUID session = UUID.randomUUID();
    private final Queue<Promise<Boolean>> asked = new ArrayDeque<>();
    private long now = Long.MAX_VALUE - 1; // monotonic time may begin anywhere, and go past the largest number
    private final SessionLeases leases = new SessionLeases(this::ask, LEASE, 100, () -> now);

    @Test
    void whatWasAnsweredHoldsForALease() {
        Future<Boolean> goesOn = leases.goesOn(session);
        asked.remove().complete(true);

        assertThat(goesOn.result()).isTrue();
        assertThat(leases.goesOn(session).result()).isTrue();
        assertThat(asked).as("asked once").isEmpty();
    }

    @Test
    void andNoLonger() {
        Future<Boolean> goesOn = leases.goesOn(session);
        asked.remove().complete(true);
        later(LEASE);

        Future<Boolean> again = leases.goesOn(session);
        asked.remove().complete(false);

        assertThat(goesOn.result()).isTrue();
        assertThat(again.result()).isFalse();
    }

    @Test
    void aSessionThatEndsWhileItIsAskedAboutIsOverWhateverTheAnswerSays() {
        Future<Boolean> goesOn = leases.goesOn(session);
        later(Duration.ofMillis(1));
        leases.end(session);

        asked.remove().complete(true);

        assertThat(goesOn.result()).as("for whoever waited").isFalse();
        assertThat(leases.goesOn(session).result())
                .as("and for whoever comes next")
                .isFalse();
        assertThat(asked).isEmpty();
    }

    @Test
    void aSessionThatEndsInTheVeryMomentOfTheQuestionIsOverToo() {
        Future<Boolean> goesOn = leases.goesOn(session);
        leases.end(session);

        asked.remove().complete(true);

        assertThat(goesOn.result()).isFalse();
        assertThat(leases.goesOn(session).result()).isFalse();
    }

    @Test
    void anothersEndIsNotItsOwn() {
        Future<Boolean> goesOn = leases.goesOn(session);
        leases.end(UUID.randomUUID());

        asked.remove().complete(true);

        assertThat(goesOn.result()).isTrue();
        assertThat(leases.goesOn(session).result()).isTrue();
    }

    @Test
    void ofTwoAnswersTheOneToTheLaterQuestionHoldsWhicheverComesLast() {
        Future<Boolean> earlier = leases.goesOn(session);
        later(Duration.ofMillis(1));
        Future<Boolean> later = leases.goesOn(session);
        Promise<Boolean> toTheEarlier = asked.remove();

        asked.remove().complete(false);
        toTheEarlier.complete(true);

        assertThat(later.result()).isFalse();
        assertThat(earlier.result()).isFalse();
        assertThat(leases.goesOn(session).result()).isFalse();
    }

    private void later(Duration time) {
        now += time.toNanos();
    }

    private Future<Boolean> ask(UUID about) {
        Promise<Boolean> promise = Promise.promise();
        asked.add(promise);
        return promise.future();
    }
}
