package io.sluice.app.node;

import io.sluice.app.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/**
 * Secrets that a development node makes at first start and keeps under its data directory, one file of mode 0600 each. Nodes
 * that share the directory share the secrets: of two that make one at once, one wins.
 */
final class DevelopmentSecrets {

    private static final int BYTES = 32;
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    DevelopmentSecrets(Path dataDir) {
        this.folder = dataDir.resolve("secrets");
    }

    /** The secret of this name, in the form that Standard Webhooks gives to theirs. */
    Secret webhook(String name) {
        return new Secret("whsec_" + secret(name, Base64.getEncoder()));
    }

    /** The secret of this name. */
    Secret key(String name) {
        return new Secret(secret(name, Base64.getUrlEncoder().withoutPadding()));
    }

    private String secret(String name, Base64.Encoder encoder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = folder.resolve(name);
            if (!Files.exists(file)) {
                make(file, encoder);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make or read the development secret " + name, e);
        }
    }

    private void make(Path file, Base64.Encoder encoder) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path draft = Files.createTempFile(folder, "draft-", ".tmp", OWNER_ONLY);
        Files.writeString(draft, encoder.encodeToString(secret) + "\n");
        try {
            // a link appears whole or not at all, and never over another
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException e) {
            // another node was faster: its secret is ours
        } finally {
            Files.delete(draft);
        }
    }
}
