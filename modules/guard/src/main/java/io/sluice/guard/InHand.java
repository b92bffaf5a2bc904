package io.sluice.guard;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The deliveries of one node between their arrival and their handler's answer, and how many of them there may be. */
final class InHand {

    /** One delivery's place, to be given up once it has been answered; giving it up again does nothing. */
    static final class Place {

        private final AtomicInteger taken;
        private final AtomicBoolean isTaken = new AtomicBoolean(true);

        private Place(AtomicInteger taken) {
            this.taken = taken;
        }

        void giveUp() {
            if (isTaken.compareAndSet(true, false)) {
                taken.decrementAndGet();
            }
        }
    }

    private final int max;
    private final AtomicInteger taken = new AtomicInteger();

    InHand(int max) {
        this.max = max;
    }

    /** A place, or null if there is none left. */
    @Nullable Place take() {
        if (taken.incrementAndGet() > max) {
            taken.decrementAndGet();
            return null;
        }
        return new Place(taken);
    }

    int count() {
        return taken.get();
    }
}
