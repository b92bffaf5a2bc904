package io.sluice.guard;

import io.sluice.kernel.Purpose;
import io.sluice.kernel.Rider;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What travels on the bus: a parcel on its way to a handler, or the outcome on its way back. It arrives closed; the gate
 * admits it or refuses it, once. The one mutable class of this room: each delivery works on a copy of its own.
 */
final class Letter {

    private final String address;
    private final boolean isReply;
    private final Purpose purpose;
    private final long deadlineMillis;
    private final Outcome<Parcel> content;

    private @Nullable Granted granted;
    private @Nullable Rider rider;
    private Outcome.@Nullable Refused<?> refused;
    private InHand.@Nullable Place place;
    private BooleanSupplier isStillPermitted = () -> false;

    Letter(String address, boolean isReply, Purpose purpose, long deadlineMillis, Outcome<Parcel> content) {
        this.address = address;
        this.isReply = isReply;
        this.purpose = purpose;
        this.deadlineMillis = deadlineMillis;
        this.content = content;
    }

    static Letter request(Address<?, ?> address, Parcel parcel, long deadlineMillis) {
        return new Letter(address.name(), false, address.purpose(), deadlineMillis, Outcome.done(parcel));
    }

    static Letter reply(Address<?, ?> address, Outcome<Parcel> outcome, long deadlineMillis) {
        return new Letter(address.name(), true, address.purpose(), deadlineMillis, outcome);
    }

    /** The same letter, closed. */
    Letter closedCopy() {
        return new Letter(address, isReply, purpose, deadlineMillis, content);
    }

    String address() {
        return address;
    }

    boolean isReply() {
        return isReply;
    }

    Purpose purpose() {
        return purpose;
    }

    long deadlineMillis() {
        return deadlineMillis;
    }

    Outcome<Parcel> content() {
        return content;
    }

    void admit(Granted view, @Nullable Rider leaf, BooleanSupplier holds) {
        requireClosed();
        granted = view;
        rider = leaf;
        isStillPermitted = holds;
    }

    /** It is in hand from here on, until it has been answered. */
    void takeInHand(InHand.Place taken) {
        place = taken;
    }

    /** Its handler is done with it, or will never see it. */
    void answered() {
        if (place != null) {
            place.giveUp();
        }
    }

    void refuse(Outcome.Refused<?> reason) {
        requireClosed();
        refused = reason;
    }

    private void requireClosed() {
        if (granted != null || refused != null) {
            throw new IllegalStateException("a letter is admitted or refused once");
        }
    }

    /** What was granted; null as long as the letter is closed. */
    @Nullable Granted granted() {
        return granted;
    }

    /** The leaf that rides in the handler's transaction; null if it is durable already, or none is due. */
    @Nullable Rider rider() {
        return rider;
    }

    /** Why the gate of the asking node, or the handler, refused; null if neither did. */
    Outcome.@Nullable Refused<?> refused() {
        return refused;
    }

    /** Says, whenever it is asked, whether what it was admitted by still holds. */
    BooleanSupplier isStillPermitted() {
        return isStillPermitted;
    }

    List<Rider> riders() {
        return rider == null ? List.of() : List.of(rider);
    }
}
