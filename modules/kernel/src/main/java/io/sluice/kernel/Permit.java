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
    private final long expiresAtNanos;
    private final AtomicBoolean redeemed = new AtomicBoolean();

    Permit(String policyVersion, Contract contract, Wants granted, Question question, Duration lifetime) {
        this.policyVersion = policyVersion;
        this.contract = contract;
        this.granted = granted;
        this.buyer = question.buyer();
        this.addressee = question.addressee();
        this.record = question.record();
        this.expiresAtNanos = question.nowNanos() + lifetime.toNanos();
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

    /** The persons under whose snapshots it was granted, as of the moment of the decision. */
    public List<Standing> standings(Instant decidedAt) {
        return Stream.of(buyer, addressee)
                .filter(Objects::nonNull)
                .map(person -> new Standing(person.subject(), person.version(), decidedAt))
                .toList();
    }

    /** Whether it lives and the leases of the persons' snapshots last: nobody can have waited for them to end and gone on. */
    public boolean isGoodAt(long nowNanos) {
        return nowNanos - expiresAtNanos < 0
                && (buyer == null || buyer.isFreshAt(nowNanos))
                && (addressee == null || addressee.isFreshAt(nowNanos));
    }

    /** Uses the permit up. True the first time, while it {@linkplain #isGoodAt is good}; false ever after. */
    public boolean redeem(long nowNanos) {
        return isGoodAt(nowNanos) && redeemed.compareAndSet(false, true);
    }
}
