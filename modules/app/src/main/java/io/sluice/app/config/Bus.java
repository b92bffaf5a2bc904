package io.sluice.app.config;

import java.time.Duration;

/**
 * Messages between rooms.
 *
 * @param askTimeout how long an asker waits
 * @param maxInHand how many deliveries may be between arrival and answer on this node
 */
public record Bus(Duration askTimeout, int maxInHand) {

    public Bus {
        Values.positive("bus.ask_timeout", askTimeout);
    }

    static Bus read(Section section) {
        return new Bus(
                section.duration("ask_timeout", Duration.ofSeconds(10)),
                section.number("max_in_hand", 10_000, 1, 1_000_000));
    }
}
