package io.sluice.kernel;

/**
 * A fault that is expected to pass: the database is away, a queue is full. It says no and yes to nothing, and does not
 * promise that nothing was done: a commit may have been lost with its connection. Whoever asked should ask again later, in a way
 * that bears repeating. It carries no stack trace, because it is an answer.
 */
public class Unavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param code what is not available, as a stable code without data, such as {@code database} */
    public Unavailable(String code) {
        super(code, null, false, false);
    }
}
