package io.sluice.vault;

import io.sluice.storage.Database;

/**
 * One region's store of keys (clause B3). Regions share neither part: what rests in one opens by nothing that another has, and epochs
 * of key-encryption keys turn and end in each by themselves.
 *
 * @param database another one than that of the ciphertexts
 * @param keks what the keys in it are wrapped by
 */
public record RegionStore(Database database, KekProvider keks) {}
