package io.sluice.app.certificates;

import io.sluice.app.config.Pem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The certificates of one folder, for development: two authorities ({@code servers/} and {@code nodes/}, each {@code ca.crt} and
 * {@code ca.key}), and what they have signed ({@code api/}, {@code postgresql/}, {@code node/}, each {@code tls.crt} and
 * {@code tls.key}). Keys are mode 0600. Whatever is missing is made when it is asked for, what is good is kept. All blocks.
 */
public final class DevelopmentCertificates {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");
    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(30);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    /**
     * What somebody got.
     *
     * @param identity its PEM texts come with the files that they stand in
     * @param isNew whether it was made just now
     */
    public record Issued(Identity identity, boolean isNew) {

        public Pem pem() {
            return identity.pem();
        }
    }

    private DevelopmentCertificates(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Those of this folder, which need not be there yet. */
    public static DevelopmentCertificates in(Path folder) {
        return new DevelopmentCertificates(folder);
    }

    /** Those of this data directory. */
    public static DevelopmentCertificates of(Path dataDir) {
        return in(dataDir.resolve("certificates"));
    }

    public Path folder() {
        return folder;
    }

    public DevelopmentAuthority authority(Use use) {
        return DevelopmentAuthority.in(folder.resolve(use.folder()), use);
    }

    /** Where an authority's certificate stands, once there is one. */
    public Path authorityFile(Use use) {
        return folder.resolve(use.folder()).resolve(DevelopmentAuthority.CERTIFICATE);
    }

    /**
     * A certificate that is good for this machine's own names, for these hosts, and for those of the one before it. The one that
     * is there is kept if it is all that, and good for another thirty days.
     *
     * @param anew whether to make one all the same
     */
    public Issued issue(Bearer bearer, Collection<String> hosts, boolean anew) {
        try {
            // one at a time, threads and processes: a certificate stands beside its own key
            synchronized (DevelopmentCertificates.class) {
                Files.createDirectories(folder, OWNERS_FOLDER);
                try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                    FileLock lock = channel.lock();
                    Issued issued = issued(bearer, hosts, anew);
                    lock.release();
                    return issued;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make or read the development certificates in " + folder, e);
        }
    }

    private Issued issued(Bearer bearer, Collection<String> hosts, boolean anew) throws IOException {
        DevelopmentAuthority authority = authority(bearer.use());
        Path own = folder.resolve(bearer.folder());
        Pem.Source files = new Pem.Source(own.resolve("tls.crt"), own.resolve("tls.key"));
        Optional<Identity> before = before(files);
        Set<String> wanted = new TreeSet<>();
        THIS_MACHINE.forEach(host -> wanted.add(Host.spelled(host)));
        hosts.forEach(host -> wanted.add(Host.spelled(host)));
        before.ifPresent(identity -> wanted.addAll(identity.hosts()));
        Optional<Identity> good = before.filter(identity -> identity.hosts().containsAll(wanted))
                .filter(identity -> isSignedBy(authority, identity));
        if (good.isPresent() && !anew) {
            return new Issued(good.get(), false);
        }
        Pem made = authority.certify(List.copyOf(wanted));
        Files.createDirectories(own, OWNERS_FOLDER);
        replace(files.key(), made.key().reveal());
        replace(files.certificate(), made.certificate());
        return new Issued(Identity.of(files.read(), Instant.now()), true);
    }

    /** What is there, if it can still be used for a while. */
    private static Optional<Identity> before(Pem.Source files) throws IOException {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Identity.of(files.read(), Instant.now().plus(RENEWED_BEFORE_END)));
        } catch (IllegalArgumentException unusable) {
            // expired, about to be, or damaged: a new one takes its place
            return Optional.empty();
        }
    }

    private static boolean isSignedBy(DevelopmentAuthority authority, Identity identity) {
        try {
            identity.leaf().verify(Identity.certificate(authority.certificate()).getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            // somebody else's, from before its authority was made anew
            return false;
        }
    }

    private static void replace(Path file, String text) throws IOException {
        Path draft = Files.createTempFile(file.getParent(), "draft-", ".tmp", OWNER_ONLY);
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
