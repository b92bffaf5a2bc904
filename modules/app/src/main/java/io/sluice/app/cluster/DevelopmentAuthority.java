package io.sluice.app.cluster;

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
import java.util.UUID;

/**
 * The authority that signs the nodes of one data directory, for development: made by the first node that looks for it.
 *
 * <p>Its folder appears whole or not at all: it is made under another name and then renamed, so that of two nodes that start
 * at once one wins and the other uses what the winner made, and a crash leaves at most a stray folder.
 */
final class DevelopmentAuthority {

    private static final String CERTIFICATE = "ca.crt";
    private static final String KEY = "ca.key";

    private final String certificate;
    private final Secret key;

    private DevelopmentAuthority(String certificate, Secret key) {
        this.certificate = certificate;
        this.key = key;
    }

    /** The authority of this folder; made if there is none. */
    static DevelopmentAuthority in(Path folder) {
        try {
            if (!Files.exists(folder.resolve(KEY))) {
                make(folder);
            }
            return new DevelopmentAuthority(
                    Files.readString(folder.resolve(CERTIFICATE)), new Secret(Files.readString(folder.resolve(KEY))));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make or read the development certificates in " + folder, e);
        }
    }

    /** PEM text of the authority's own certificate. */
    String certificate() {
        return certificate;
    }

    /** A certificate for a node on this host, with a key that exists in memory only. */
    Pem certify(String host) {
        return Certificates.ofNode(certificate, key, host);
    }

    private static void make(Path folder) throws IOException {
        Files.createDirectories(folder.toAbsolutePath().getParent());
        Path draft = folder.resolveSibling(folder.getFileName() + "." + UUID.randomUUID());
        Files.createDirectory(
                draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Pem authority = Certificates.ofAuthority();
        write(draft.resolve(CERTIFICATE), authority.certificate());
        write(draft.resolve(KEY), authority.key().reveal());
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.exists(folder.resolve(KEY))) {
                throw e;
            }
            // another node was faster: its authority is ours
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
