package io.sluice.kernel;

/**
 * A fault that somebody outside has made, such as a partner who does not answer. What was asked for may have happened or not,
 * so it is a fault to whoever asked; but nothing of ours is broken, so there is no place in our code to show: it carries no
 * stack trace, and is worth a warning rather than an error.
 */
public abstract class OutsideFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param code who failed and how, as a stable code without data, such as {@code carrier: timeout} */
    protected OutsideFailed(String code) {
        super(code, null, false, false);
    }
}
