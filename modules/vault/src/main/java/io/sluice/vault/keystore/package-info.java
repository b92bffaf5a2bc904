/**
 * The local keystore: one file with everything that must be neither in a database nor in a configuration. It holds the
 * key-encryption keys, the root of all keyed hashes, and the key pairs that sign access tokens.
 *
 * <p>It is read once, at start, and never written but when it is made. It must not be in one backup with the key store that it
 * opens. {@code app} enters, to wire.
 *
 * <p>On failure the node does not start: {@link io.sluice.vault.keystore.KeystoreRefused} says which file and why. Two nodes
 * that start on one data directory at once end up with the same keystore.
 *
 * <p>Start reading at {@link io.sluice.vault.keystore.KeystoreFile}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.vault.keystore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
