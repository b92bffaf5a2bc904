package io.sluice.commerce.step;

/** The partner has said that it is not there yet, or could not be asked: the step is to be tried again. */
public final class NotYet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotYet(String what) {
        super(what, null, false, false);
    }
}
