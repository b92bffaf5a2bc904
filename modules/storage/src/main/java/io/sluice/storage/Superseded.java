package io.sluice.storage;

import io.sluice.kernel.Unavailable;
import io.vertx.pgclient.PgException;

/**
 * The server let an effect not be committed, because what it was decided by no longer holds: a fence in the same transaction
 * raised {@value #SQL_STATE}. Nothing was done. Whoever asks again gets a new decision.
 */
public final class Superseded extends Unavailable {

    private static final long serialVersionUID = 1L;

    /** Of a class that the SQL standard leaves to implementations, and PostgreSQL does not use. */
    public static final String SQL_STATE = "SL001";

    public Superseded() {
        super("decision");
    }

    /** Whether a fence raised it. */
    public static boolean means(Throwable cause) {
        return cause instanceof PgException raised && SQL_STATE.equals(raised.getSqlState());
    }
}
