package io.sluice.vault.keystore;

/** What keyed hashes are used for. Each use has a secret of its own, derived by its name: a name is never changed. */
public enum HashUse {
    /** Finding accounts by e-mail address. */
    BLIND_INDEX("blind-index"),
    /** Persons' and records' pseudonyms in the ledger. */
    LEDGER_PSEUDONYMS("ledger-pseudonyms"),
    /** Scopes and fingerprints of idempotent requests. */
    IDEMPOTENCY("idempotency"),
    /** The seed of the key that signs the ledger's heads. */
    LEDGER_HEADS("ledger-heads"),
    /** The secrets that notices to subscribers are signed with. */
    SUBSCRIPTION_SECRETS("subscription-secrets");

    private final String name;

    HashUse(String name) {
        this.name = name;
    }

    String label() {
        return "sluice keyed hash 1 " + name;
    }
}
