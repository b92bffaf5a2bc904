/**
 * What follows when a person is erased: what is under way comes to its end, what the law keeps is sealed anew under keys for its
 * reasons and last days, and the person's own key is shredded. Never the other way round: a key dies only when everything that is
 * kept is durable without it.
 *
 * <p>An erasure is a row, written in the transaction that closes the account. Whichever node comes by leases it and goes on from
 * where it stands; every step may be taken again, by two nodes at once too.
 *
 * <p>This room knows neither orders nor keys: it reaches them by {@link io.sluice.stewardship.erasure.Affairs} and
 * {@link io.sluice.stewardship.erasure.Safe}, which {@code app} wires. It never opens anything.
 *
 * <p>On failure the erasure is put off and tried again; a field that cannot be sealed anew keeps the key alive, and the vault says so
 * as an alert. Start reading at {@link io.sluice.stewardship.erasure.ErasureVerticle}, then {@code Erasing}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.erasure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
