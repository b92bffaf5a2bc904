package io.sluice.vault;

import io.sluice.kernel.Sealed;
import java.util.List;

/** All usable versions of one person's key. There is at least one; the newest seals, each opens its own. */
record Keyring(List<SubjectKey> keys) {

    /** @param keys oldest first */
    Keyring {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new KeyNotUsable(KeyNotUsable.Reason.MISSING);
        }
    }

    SubjectKey newest() {
        return keys.getLast();
    }

    /** The key that sealed this. */
    SubjectKey of(Sealed sealed) {
        int version = SealedHead.of(sealed).version();
        for (SubjectKey key : keys) {
            if (key.version() == version) {
                return key;
            }
        }
        throw new FieldNotOpened(FieldNotOpened.Reason.UNKNOWN_KEY);
    }
}
