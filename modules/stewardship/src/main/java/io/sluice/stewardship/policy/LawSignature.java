package io.sluice.stewardship.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature beside a version of the law, {@code <version>.yaml.sig}: one line, the signer's key id and the Ed25519 signature
 * in base64 over the file's bytes, which are preceded by {@link #CONTEXT} so that no other signed thing passes for a law.
 */
public record LawSignature(String signer, String base64) {

    private static final byte[] CONTEXT = "sluice law v1\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".sig";

    /** Where the signature of a file lies. */
    static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    /** The signature beside a file; empty if there is none, or none of this form. */
    static Optional<LawSignature> of(Path file) throws IOException {
        Path place = beside(file);
        if (!Files.exists(place)) {
            return Optional.empty();
        }
        String[] words = Files.readString(place).strip().split(" ", -1);
        return words.length == 2 ? Optional.of(new LawSignature(words[0], words[1])) : Optional.empty();
    }

    /**
     * Signs a file with the private key of another, and puts the signature beside it.
     *
     * @param keys holds the private key and its public half
     */
    public static LawSignature sign(Path file, Path keys) throws IOException {
        PrivateKey key = LawKeys.privateKey(keys);
        PublicKey own = LawKeys.publicKeys(keys).getFirst();
        byte[] text = Files.readAllBytes(file);
        try {
            Signature signing = Signature.getInstance(LawKeys.ALGORITHM);
            signing.initSign(key);
            signing.update(CONTEXT);
            signing.update(text);
            LawSignature signature =
                    new LawSignature(LawKeys.id(own), Base64.getEncoder().encodeToString(signing.sign()));
            if (!signature.isOf(text, own)) {
                throw new IOException(keys + " holds a private and a public key that do not belong together");
            }
            Files.writeString(beside(file), signature.signer + " " + signature.base64 + "\n");
            return signature;
        } catch (GeneralSecurityException broken) {
            throw new IOException("cannot sign with the key of " + keys, broken);
        }
    }

    boolean isOf(byte[] text, PublicKey key) {
        try {
            Signature verifying = Signature.getInstance(LawKeys.ALGORITHM);
            verifying.initVerify(key);
            verifying.update(CONTEXT);
            verifying.update(text);
            return verifying.verify(Base64.getDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException notOne) {
            return false; // not base64, or of another length: no signature, whatever it is
        }
    }
}
