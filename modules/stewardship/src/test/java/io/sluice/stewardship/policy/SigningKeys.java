package io.sluice.stewardship.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A key pair of a test's own, in a file as an operator makes it. */
record SigningKeys(Path file, String id) {

    private static final Duration NOTICE = Duration.ofDays(14);

    static SigningKeys none() {
        return new SigningKeys(Path.of("none"), "none");
    }

    static SigningKeys in(Path folder) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path file = Files.writeString(
                folder.resolve("keys.pem"),
                pem("PRIVATE", pair.getPrivate().getEncoded())
                        + pem("PUBLIC", pair.getPublic().getEncoded()));
        return new SigningKeys(file, LawKeys.id(pair.getPublic()));
    }

    private static String pem(String kind, byte[] key) {
        String base64 = Base64.getMimeEncoder().encodeToString(key);
        return "-----BEGIN " + kind + " KEY-----\n" + base64 + "\n-----END " + kind + " KEY-----\n";
    }

    LawSigners signers() throws IOException {
        return LawSigners.read(file);
    }

    /** Puts a signed version into the folder: the whole law of {@link LawFileTest}, from that day on. */
    Path version(Path folder, String version, String effective) throws IOException {
        return version(folder, version, effective, "P90D");
    }

    /** The same, with what it keeps kept for so long. */
    Path version(Path folder, String version, String effective, String keep) throws IOException {
        Path law = Files.writeString(
                folder.resolve(version + LawFile.SUFFIX),
                LawFileTest.whole()
                        .replace("version: v1", "version: " + version)
                        .replace("effective_at: 2026-02-01", "effective_at: " + effective)
                        .replace("P90D", keep));
        sign(law);
        return law;
    }

    /** The same law, announced long enough ago to take effect at this instant. */
    void version(Path folder, String version, Instant effective) throws IOException {
        Path file = version(folder, version, "2026-02-01");
        String text = Files.readString(file)
                .replaceFirst("announced_at: \\S+", "announced_at: " + effective.minus(NOTICE))
                .replaceFirst("effective_at: \\S+", "effective_at: " + effective);
        sign(Files.writeString(file, text));
    }

    void sign(Path law) throws IOException {
        if (!LawSignature.sign(law, file).signer().equals(id)) {
            throw new IllegalStateException("signed by another key than its own");
        }
    }
}
