package io.sluice.vault.keystore;

import java.nio.file.Path;

/** A keystore that cannot be used as it is. The text names the file, the reason and what to do, and no secret. */
public final class KeystoreRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeystoreRefused(Path file, String reason) {
        super("keystore " + file + ": " + reason);
    }

    KeystoreRefused(Path file, String reason, Throwable cause) {
        super("keystore " + file + ": " + reason, cause);
    }
}
