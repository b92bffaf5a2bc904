/**
 * The local keystore: one file with everything that must be neither in a database nor in a configuration. It holds the
 * key-encryption keys, the root of all keyed hashes, and the key pairs that sign access tokens.
 *
 * <p>Nodes share it. It is read at start, and again whenever the keys are looked after or an epoch is met that is not known; it
 * changes as a whole, one node at a time, when an epoch turns or is destroyed. It must not be in one backup with the key store
 * that it opens, and a backup of it undoes the destruction of what is in it. {@code app} enters, to wire.
 *
 * <p>On failure at start the node does not start: {@link io.sluice.vault.keystore.KeystoreRefused} says which file and why;
 * later it goes on with what it knows, and says so. Two nodes that start on one data directory at once end up with the same
 * keystore.
 *
 * <p>Start reading at {@link io.sluice.vault.keystore.KeystoreFile}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.vault.keystore;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
