/**
 * What the ledger tells by HTTP: heads and proofs to everybody, a receipt of an order to whose it is; and its way to a second sink
 * that is a webhook.
 *
 * <p>Nothing personal is told to everybody: no leaf, no pseudonym. A receipt's leaves go to the order's own customer.
 *
 * <p>On failure: 503 where a receipt's leaves are not sealed in time, or the database is away. {@code app} enters, to wire.
 *
 * <p>Start reading at {@link io.sluice.gateway.ledger.LedgerRoutes}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
