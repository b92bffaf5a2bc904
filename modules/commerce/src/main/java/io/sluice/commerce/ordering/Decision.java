package io.sluice.commerce.ordering;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.kernel.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What comes of a command. */
public sealed interface Decision {

    /** It was refused, and nothing happens. */
    record Refused(Refusal refusal) implements Decision {}

    /**
     * It happens; no events mean that it has happened before, or no longer matters.
     *
     * @param order after the events
     */
    record Decided(Order order, List<Happened> events, List<Effect> effects) implements Decision {
        public Decided {
            events = List.copyOf(events);
            effects = List.copyOf(effects);
        }
    }

    /** An event, and the order's version and state right after it. */
    record Happened(OrderEvent event, long version, OrderState state) {}

    /** Collects what happens, and the order as it stands after each event. */
    final class Story {

        private final Order before;
        private final Instant now;
        private Order order;
        private final List<Happened> events = new ArrayList<>();
        private final List<Effect> effects = new ArrayList<>();

        Story(Order order, Instant now) {
            this.before = order;
            this.order = order;
            this.now = now;
        }

        Instant now() {
            return now;
        }

        Order order() {
            return order;
        }

        @CanIgnoreReturnValue
        Story then(OrderEvent event) {
            order = order.evolve(event);
            events.add(new Happened(event, order.version(), order.state()));
            return this;
        }

        @CanIgnoreReturnValue
        Story causing(Effect effect) {
            effects.add(effect);
            return this;
        }

        Decided end() {
            OrderInvariants.check(before, order);
            return new Decided(order, events, effects);
        }
    }
}
