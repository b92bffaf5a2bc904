package io.sluice.guard;

import io.sluice.kernel.Field;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Question;
import io.sluice.kernel.SubjectSnapshot;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link Gate} does on both sides of its decision, without the bus, the ledger and the vault around it, so that it can
 * be measured by itself. It lives in the guard's package and in the load tests' jar, because the product offers nobody a way to
 * read a parcel.
 */
public final class Projection<V> {

    private final Line line;
    private final Address<V, ?> address;

    public Projection(Address<V, ?> address) {
        this.address = address;
        this.line = new Line(address, new FieldCounts(address.wants(false).all()));
    }

    /** What the gate asks the kernel about a request. */
    public Question question(
            Parcel parcel, SubjectSnapshot buyer, @Nullable SubjectSnapshot addressee, Instant now, long nowNanos) {
        return new Question(
                address.name(),
                false,
                address.purpose(),
                address.wants(false),
                parcel.present(),
                buyer,
                addressee,
                parcel.parties().addressee() != null,
                parcel.parties().record(),
                now.plusSeconds(5),
                now,
                nowNanos);
    }

    /** The handler's view of exactly the granted fields, counted as on a node. */
    public V view(Parcel parcel, Permit permit, Map<Field<?>, Plain<String>> opened) {
        line.counts().came(parcel.present());
        line.counts().delivered(permit.granted().all());
        return address.view(new Granted(line.address().wants(false), permit.granted(), parcel, opened, line.counts()));
    }
}
