package io.sluice.vault.keystore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Waits for a line, so that several start at once; then makes or opens a keystore and tells what it found in it. */
final class KeystoreInItsOwnJvm {

    private KeystoreInItsOwnJvm() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        if (System.in.read() == -1) {
            throw new IOException("nobody gave the start");
        }
        Keystore keystore = KeystoreFile.openOrCreate(Path.of(arguments[0]), arguments[1], InstantSource.system());
        System.out.println(contents(keystore));
    }

    /** Differs between any two keystores, and tells nothing about their keys. */
    static String contents(Keystore keystore) {
        return keystore.signingKeys().getFirst().id()
                + " " + keystore.keyedHash(HashUse.BLIND_INDEX).hex("x")
                + " " + keystore.currentEpoch();
    }
}
