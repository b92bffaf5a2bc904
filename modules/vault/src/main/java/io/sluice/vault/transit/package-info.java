/**
 * Key-encryption keys that never leave a HashiCorp Vault (or OpenBao): its transit engine wraps and unwraps for us, by HTTP. An
 * epoch is a version of one transit key of type {@code aes256-gcm96}; it is destroyed by trimming the key, since a raised
 * {@code min_decryption_version} alone can be lowered again.
 *
 * <p>The token and the keys of persons go over this link: outside loopback it is https. {@code app} enters, to wire.
 *
 * <p>On failure, on time-out, and for whatever makes no sense the answer is {@link io.sluice.kernel.Unavailable}: asked again
 * later it may be another one. Only the engine's own word that a ciphertext is too old or not authentic is
 * {@link io.sluice.vault.KeyNotUsable}. Nothing missing reads as an empty key.
 *
 * <p>Start reading at {@link io.sluice.vault.transit.TransitKeks}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.vault.transit;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
