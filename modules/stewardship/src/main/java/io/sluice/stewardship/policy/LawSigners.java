package io.sluice.stewardship.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Those whose signature makes a text the law here. */
public final class LawSigners {

    /** The key whose private half is published with the sources. It signs drafts, and is believed in development only. */
    public static final String DEVELOPMENT = "f80b6779b4ae6170";

    private final Map<String, PublicKey> keys;

    private LawSigners(Map<String, PublicKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /** Reads their public keys from a PEM file. */
    public static LawSigners read(Path file) throws IOException {
        return new LawSigners(LawKeys.publicKeys(file).stream()
                .collect(Collectors.toMap(LawKeys::id, Function.identity(), (first, same) -> first)));
    }

    public boolean includesDevelopment() {
        return keys.containsKey(DEVELOPMENT);
    }

    /**
     * A version as its text says, whatever is said around it; empty if none of them signed this text, or it is not one that
     * calls itself by this name.
     */
    Optional<PublishedLaw> published(String version, String text, LawSignature signature) {
        return problem(text.getBytes(StandardCharsets.UTF_8), Optional.of(signature))
                        .isEmpty()
                ? LawFile.published(text, signature).filter(law -> law.isCalled(version))
                : Optional.empty();
    }

    /** What is wrong with a signature; empty if one of the signers signed exactly this text. */
    Optional<String> problem(byte[] text, Optional<LawSignature> signature) {
        if (signature.isEmpty()) {
            return Optional.of("is not signed: there is no signature beside it");
        }
        PublicKey key = keys.get(signature.get().signer());
        if (key == null) {
            return Optional.of("is signed by " + signature.get().signer() + ", which is none of the trusted signers");
        }
        return signature.get().isOf(text, key)
                ? Optional.empty()
                : Optional.of("is not what " + signature.get().signer() + " signed");
    }
}
