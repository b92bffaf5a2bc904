package io.sluice.kernel;

import java.util.List;

/**
 * A row of another room that must become durable in the very transaction of the effect it accompanies, above all the
 * use leaf of a delivery whose handler's only output is one transaction (clause C2).
 *
 * <p>Whoever commits the effect calls {@link #committed()} after the commit is known to have happened, and never
 * otherwise. Whoever handed the rider out treats an effect without a committed rider as a fault.
 */
public interface Rider {

    /** Says that the transaction which contained this rider's row has been committed. Calling it again changes nothing. */
    void committed();

    boolean isCommitted();

    /** The persons as the decision behind the effect saw them: the effect must not be committed if one of them has fallen. */
    List<Standing> standings();
}
