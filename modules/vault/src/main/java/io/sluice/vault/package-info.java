/**
 * Keys of persons, and the sealing and opening of their fields.
 *
 * <p>Every person has a data key; every personal field is AES-256-GCM under it, with person, field and record as associated
 * data, so that a ciphertext moved elsewhere does not open. Data keys rest wrapped by a {@link io.sluice.vault.KekProvider},
 * in the database of their person's home region, apart from any ciphertext ({@link io.sluice.vault.RegionStore}). Key material
 * and plain values never leave this room but as {@link io.sluice.kernel.Plain}, for a {@link io.sluice.kernel.Permit}, and
 * nothing of either is ever logged, measured or put in an exception's text.
 *
 * <p>A key that is shredded is used by no node once that has returned ({@link io.sluice.vault.Vault#shred}), and opens from no
 * backup after the erasure horizon: key-encryption keys come in epochs and are destroyed, outside any database, by
 * {@link io.sluice.vault.KeyUpkeep}. Nothing destroys what a living key needs.
 *
 * <p>{@code guard} enters by its {@link io.sluice.guard.FieldOpener}, {@code gateway} to seal, {@code app} to wire.
 *
 * <p>On failure: a field that the permit does not grant, a key that is missing, a ciphertext that is not authentic end in
 * {@link io.sluice.vault.FieldNotOpened}; a permit that is spent or late in {@link io.sluice.vault.PermitLapsed}, and a database
 * that is away in {@link io.sluice.kernel.Unavailable}. Nothing is opened in part, and nothing missing reads as empty.
 *
 * <p>Start reading at {@link io.sluice.vault.Vault}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.vault;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
