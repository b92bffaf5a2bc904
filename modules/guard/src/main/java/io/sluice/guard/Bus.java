package io.sluice.guard;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** The way from room to room. Every message passes the gate on the receiving node, and every answer on the asking one. */
public interface Bus {

    /**
     * Sends a parcel and awaits the answer.
     *
     * @return the outcome; or a failed Future: {@link io.sluice.kernel.Unavailable} if asking again later makes sense,
     *     {@link NotAnswered} if nobody answered in time (the effect may have happened), {@link HandlerFailed} otherwise
     */
    <V, R> Future<Outcome<R>> ask(Address<V, R> address, Parcel parcel);

    /** The same, with a patience of the asker's own. */
    <V, R> Future<Outcome<R>> ask(Address<V, R> address, Parcel parcel, Duration timeout);

    /**
     * Serves an address. The start fails if the law has no contract for it, or one that allows less than it wants.
     *
     * @param handler answers each delivery; its answer parcel is cut to what the asker's side of the contract allows
     */
    <V, R> Future<Void> serve(Address<V, R> address, Function<Delivery<V>, Future<Outcome<Parcel>>> handler);

    /** Tells everybody who listens, on all nodes, and waits for nobody. Operational fields only; it may get lost. */
    <V> void announce(Address<V, Address.Done> topic, Parcel parcel);

    /** Listens for announcements. Closing the returned handle ends it. */
    <V> Future<Listening> listen(Address<V, Address.Done> topic, Consumer<V> listener);

    /** A subscription to announcements. */
    @FunctionalInterface
    interface Listening {
        Future<Void> close();
    }
}
