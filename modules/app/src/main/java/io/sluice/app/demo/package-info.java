/**
 * {@code sluice demo}: drives the bundled orders through the public HTTP API, as customers and staff would, and holds what
 * came of them against what each line says should come of it.
 *
 * <p>It is a client: it knows the API, the partners' public pages and the demo accounts, and nothing of the rooms behind. The
 * books it prints at the end come from the partners' own books, the ledger and the metrics.
 *
 * <p>Start reading at {@link io.sluice.app.demo.Demo}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.demo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
