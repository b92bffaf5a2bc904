package io.sluice.guard;

/** Nobody answered in time, or nobody was there to. Whether the effect happened is not known. */
public final class NotAnswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotAnswered(String address) {
        super(address, null, false, false);
    }
}
