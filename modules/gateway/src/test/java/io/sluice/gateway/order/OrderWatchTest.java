package io.sluice.gateway.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OrderWatchTest {

    private static final int WATCHERS = 4;
    private static final int ROUNDS = 300_000;

    private final UUID order = UUID.randomUUID();
    private final OrderWatch watch = new OrderWatch(WATCHERS);

    @Test
    void noMoreWatchThanMay() {
        for (int i = 0; i < WATCHERS; i++) {
            assertThat(watch.add(order, new Watcher())).isTrue();
        }

        assertThat(watch.add(UUID.randomUUID(), new Watcher())).isFalse();
    }

    @Test
    void whoLeavesMakesRoomHoweverManyComeAndGoAtOnce() throws Exception {
        List<Future<?>> guests = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WATCHERS)) {
            for (int i = 0; i < WATCHERS; i++) {
                guests.add(threads.submit(this::comeAndGo));
            }
        }
        for (Future<?> guest : guests) {
            assertThat(guest.get()).as("no one was turned away").isNull();
        }

        for (int i = 0; i < WATCHERS; i++) {
            assertThat(watch.add(order, new Watcher()))
                    .as("all have left, there is room for all")
                    .isTrue();
        }
    }

    private void comeAndGo() {
        for (int i = 0; i < ROUNDS; i++) {
            Watcher watcher = new Watcher();
            assertThat(watch.add(order, watcher)).isTrue();
            watch.remove(order, watcher);
        }
    }

    /** One of its own each time, as requests are. */
    private static final class Watcher implements Runnable {
        @Override
        public void run() {
            throw new AssertionError("nothing has changed");
        }
    }
}
