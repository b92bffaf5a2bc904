package io.sluice.app.certificates;

import io.sluice.app.config.Pem;
import io.sluice.app.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An authority of one data directory, for development: made by the first who looks for it.
 *
 * <p>Its folder appears whole or not at all: it is made under another name and then renamed, so that of two nodes that start
 * at once one wins and the other uses what the winner made, and a crash leaves at most a stray folder.
 */
public final class DevelopmentAuthority {

    static final String CERTIFICATE = "ca.crt";
    private static final String KEY = "ca.key";
    // browsers take no server's certificate of more than 398 days
    private static final Duration LIFE = Duration.ofDays(365);

    private final Use use;
    private final String certificate;
    private final Secret key;

    private DevelopmentAuthority(Use use, String certificate, Secret key) {
        this.use = use;
        this.certificate = certificate;
        this.key = key;
    }

    /** The authority of this folder, for one use; made if there is none. Blocks. */
    public static DevelopmentAuthority in(Path folder, Use use) {
        try {
            if (!Files.exists(folder.resolve(KEY))) {
                make(folder, use);
            }
            return new DevelopmentAuthority(
                    use,
                    Files.readString(folder.resolve(CERTIFICATE)),
                    new Secret(Files.readString(folder.resolve(KEY))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make or read the development certificates in " + folder, e);
        }
    }

    /** PEM text of the authority's own certificate. */
    public String certificate() {
        return certificate;
    }

    /** A certificate for who answers under these names and addresses, with a key that exists in memory only. */
    public Pem certify(List<String> hosts) {
        return certify(hosts, Instant.now().plus(LIFE));
    }

    /** The same, good until then; which may have been already. */
    public Pem certify(List<String> hosts, Instant until) {
        return Certificates.ofBearer(certificate, key, use, hosts, until);
    }

    private static void make(Path folder, Use use) throws IOException {
        Files.createDirectories(
                folder.toAbsolutePath().getParent(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path draft = folder.resolveSibling(folder.getFileName() + "." + UUID.randomUUID());
        Files.createDirectory(
                draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Pem authority = Certificates.ofAuthority(use);
        write(draft.resolve(CERTIFICATE), authority.certificate());
        write(draft.resolve(KEY), authority.key().reveal());
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(folder.resolve(KEY))) {
                throw e;
            }
            // another was faster: its authority is ours
            Files.delete(draft.resolve(CERTIFICATE));
            Files.delete(draft.resolve(KEY));
            Files.delete(draft);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
