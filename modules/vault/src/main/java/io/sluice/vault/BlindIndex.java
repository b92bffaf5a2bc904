package io.sluice.vault;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Finds an account by an e-mail address that nobody stores in clear: a keyed hash of the address, equal for spellings of the
 * same address.
 */
public final class BlindIndex {

    private final KeyedHash hash;

    public BlindIndex(KeyedHash hash) {
        this.hash = hash;
    }

    /** 64 hexadecimal digits. White space around, letter case and Unicode composition make no difference. */
    public String of(String email) {
        String lower = Normalizer.normalize(email.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        // lower case can come out decomposed
        return hash.hex(Normalizer.normalize(lower, Normalizer.Form.NFC));
    }
}
