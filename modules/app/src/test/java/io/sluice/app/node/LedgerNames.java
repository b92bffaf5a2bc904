package io.sluice.app.node;

import io.sluice.app.config.Config;
import io.sluice.ledger.Pseudonyms;
import io.sluice.vault.keystore.HashUse;
import java.time.InstantSource;

/** Under which names a node's ledger has persons and records: for tests that have its keystore. */
public final class LedgerNames {

    private LedgerNames() {}

    /** Those of the node that this configuration is of. */
    public static Pseudonyms of(Config config) {
        return Pseudonyms.keyed(
                KeyHolder.keystore(config, InstantSource.system()).keyedHash(HashUse.LEDGER_PSEUDONYMS)::of);
    }
}
