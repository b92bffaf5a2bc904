package io.sluice.kernel;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The right to open exactly these fields of one message, once and soon. Only {@link PrivacyKernel#decide} can make one, and
 * it is the only key to the vault.
 */
public final class Permit implements Decision {

    /** How long after the decision a permit can still be redeemed, at most. */
    static final Duration LIFETIME = Duration.ofSeconds(2);

    private final String policyVersion;
    private final Contract contract;
    private final Wants granted;
    private final @Nullable SubjectSnapshot buyer;
    private final @Nullable SubjectSnapshot addressee;
    private final @Nullable UUID record;
    private final @Nullable Turn next;
    private final Lease lease;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    Permit(Policy policy, Contract contract, Wants granted, Question question, long lifetimeNanos) {
        this.policyVersion = policy.version();
        this.next = policy.next();
        this.contract = contract;
        this.granted = granted;
        this.buyer = question.buyer();
        this.addressee = question.addressee();
        this.record = question.record();
        this.lease = Lease.of(question.now(), question.nowNanos(), Duration.ofNanos(lifetimeNanos));
    }

    public String policyVersion() {
        return policyVersion;
    }

    public Contract contract() {
        return contract;
    }

    /** The fields granted: wanted, sent, and allowed by contract, purpose, consent and agreement. */
    public Wants granted() {
        return granted;
    }

    /** The snapshot under which the owner's fields were granted. */
    public @Nullable SubjectSnapshot of(Owner owner) {
        return owner == Owner.ADDRESSEE && addressee != null ? addressee : buyer;
    }

    public @Nullable UUID record() {
        return record;
    }

    /** The persons under whose snapshots it was granted, as of the moment of the decision, and until when its law holds. */
    public List<Standing> standings(Instant decidedAt) {
        Instant until = next == null ? null : next.at();
        return Stream.of(buyer, addressee)
                .filter(Objects::nonNull)
                .map(person -> new Standing(person.subject(), person.version(), decidedAt, until))
                .toList();
    }

    /**
     * Whether it lives and the leases of the persons' snapshots last: nobody can have waited for them to end and gone on. A
     * machine that slept since has a monotonic clock that did too; then the wall clock says so.
     */
    public boolean isGoodAt(Instant now, long nowNanos) {
        return lease.holdsAt(now, nowNanos)
                && (buyer == null || buyer.lease().holdsAt(now, nowNanos))
                && (addressee == null || addressee.lease().holdsAt(now, nowNanos));
    }

    /** Uses the permit up. True the first time, while it {@linkplain #isGoodAt is good}; false ever after. */
    public boolean redeem(Instant now, long nowNanos) {
        return isGoodAt(now, nowNanos) && redeemed.compareAndSet(false, true);
    }
}
