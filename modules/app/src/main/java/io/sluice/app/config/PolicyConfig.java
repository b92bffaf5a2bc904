package io.sluice.app.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the law is found, and who makes it.
 *
 * @param dir one file per version, with its signature beside it
 * @param signers PEM file of the public keys of those who sign it; in development, if absent, the published development key
 */
public record PolicyConfig(Path dir, Optional<Path> signers) {

    /** File beside the law that holds the published development key. */
    public static final String DEVELOPMENT_KEY = "development-signing-key.pem";

    static PolicyConfig read(Section section) {
        Optional<Path> signers = section.path("signers");
        if (signers.isEmpty() && !section.profile().isDevelopment()) {
            section.missing("signers", "outside the development profile nobody is trusted to sign the law unasked");
        }
        return new PolicyConfig(section.path("dir", Path.of("config", "policy")), signers);
    }

    /** The public keys of those who sign it. */
    public Path signersFile() {
        return signers.orElseGet(() -> dir.resolve(DEVELOPMENT_KEY));
    }
}
