package io.sluice.vault.keystore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Keystores for tests, which have no time for the rounds that slow a thief down. */
public final class QuickKeystore {

    static final String PASSWORD = "correct horse";
    static final int FEW_ROUNDS = 1000;

    private QuickKeystore() {}

    /** What a node opens at its start; made first, at this time, if there is none. */
    public static Keystore open(Path file, Instant now) {
        if (!Files.exists(file)) {
            KeystoreFile.create(file, PASSWORD, FEW_ROUNDS, now);
        }
        return KeystoreFile.open(file, PASSWORD);
    }
}
