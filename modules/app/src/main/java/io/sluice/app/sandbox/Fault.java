package io.sluice.app.sandbox;

import java.util.Locale;

/** What may go wrong with the sandbox partners, each at a rate of its own; see {@link SandboxFaults}. */
public enum Fault {
    /** Of callbacks: sent once more after it has arrived. */
    DUPLICATE,
    /** Of callbacks: held back for long. */
    LATE,
    /** Of callbacks: held back for longer than the pace of tracking, so that a later one overtakes. */
    REORDER,

    /** Of requests and look-ups: the first attempt is answered 500 before anything is done. */
    ERROR,
    /** Of requests: the first attempt hangs, and nothing is done. */
    TIMEOUT,
    /** Of requests: it is done, and the first attempt is never answered. */
    LOST_ANSWER,

    /** Of authorisations by a method that works. */
    DECLINE,
    /** Of authorisations by a method that works: the bank asks the buyer first. */
    CHALLENGE,
    /** Of authorisations: they hold one minor unit less than was asked. */
    MISMATCH,
    CAPTURE_FAILS,
    REFUND_FAILS,
    /** Of captures that succeeded: undone a while later. */
    CAPTURE_FAILS_LATE,
    REFUND_FAILS_LATE,
    /** Of captures: a while later the buyer's bank takes back what is left of it. */
    DISPUTE,
    /** Of disputes: the bank gives it up again. */
    DISPUTE_WON,

    /** Of parcels handed over: not taken. */
    PARCEL_REFUSED,
    /** Of parcels under way: something comes between, and it goes on afterwards. */
    PARCEL_STOPPED,
    PARCEL_LOST,
    /** Of parcels at the door: nobody takes them, and they come back. */
    PARCEL_RETURNED;

    /** As dice and configuration call it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
