package io.sluice.commerce.payment;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where one operation stands. What has come to rest moves no more, but that it may be undone, or that a buyer who was declined has tried
 * again; what a provider says twice, or late, changes nothing.
 */
public enum OperationStatus {
    /** Written down, to be sent; or sent by a node that has not said yet what came of it. */
    REQUESTED,
    /** The provider has it and will call back. */
    PENDING,
    /** The buyer must do something first (3-D Secure). */
    REQUIRES_ACTION,
    /** Sent, and no answer: to be looked up, never to be sent under a new key. */
    UNKNOWN,
    SUCCEEDED,
    DECLINED,
    /** Failed for good for another reason than the provider's "no". */
    ERRORED,
    /** The provider moved another amount or currency than was asked. */
    CONFLICTED,
    /** An authorisation that nobody used in time, or that was never finished. */
    EXPIRED,
    /** It had succeeded, and was undone: a capture or a refund that failed late, a chargeback that was won. */
    REVERSED;

    private static final Set<OperationStatus> OPEN = EnumSet.of(REQUESTED, PENDING, REQUIRES_ACTION, UNKNOWN);

    public boolean isOpen() {
        return OPEN.contains(this);
    }

    /** Whether the provider has moved money, as asked or not. */
    public boolean holdsMoney() {
        return this == SUCCEEDED || this == CONFLICTED;
    }

    /** Whether an operation may go from here to there. */
    public boolean mayBecome(OperationStatus next) {
        return switch (this) {
            case REQUESTED -> next != REQUESTED;
            case UNKNOWN -> next != REQUESTED && next != UNKNOWN;
            case PENDING -> !OPEN.contains(next) || next == REQUIRES_ACTION;
            case REQUIRES_ACTION -> !OPEN.contains(next) || next == PENDING;
            case SUCCEEDED -> next == EXPIRED || next == REVERSED;
            case CONFLICTED -> next == EXPIRED;
            case DECLINED -> next == SUCCEEDED || next == CONFLICTED;
            case ERRORED, EXPIRED, REVERSED -> false;
        };
    }
}
