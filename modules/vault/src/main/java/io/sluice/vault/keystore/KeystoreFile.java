package io.sluice.vault.keystore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the keystore lies: a file that its owner alone can read. Everything here blocks, and opening takes a good part of a
 * second on purpose (the password's key derivation).
 */
public final class KeystoreFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeystoreFile.class);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int MOST = 1 << 20;

    private KeystoreFile() {}

    /** Opens the keystore that must be there. @throws KeystoreRefused if it is not, or cannot be used */
    public static Keystore open(Path file, String password) {
        try {
            requireClosedToOthers(file);
            if (Files.size(file) > MOST) {
                throw new KeystoreRefused(file, "it is too large for a keystore");
            }
            return new Keystore(KeystoreForm.open(Files.readAllBytes(file), password));
        } catch (NoSuchFileException missing) {
            throw new KeystoreRefused(file, "there is none", missing);
        } catch (IOException unreadable) {
            throw new KeystoreRefused(file, "it cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (GeneralSecurityException closed) {
            throw new KeystoreRefused(file, "it does not open: the password is wrong, or the file was changed", closed);
        }
    }

    /** Opens the keystore, made first if there is none. If two nodes make one at once, one of the two is kept, for both. */
    public static Keystore openOrCreate(Path file, String password) {
        if (!Files.exists(file)) {
            create(file, password, KeystoreForm.ROUNDS);
        }
        return open(file, password);
    }

    /** Makes a keystore with new keys unless there is one by now: whole and durable, or not at all. */
    static void create(Path file, String password, int rounds) {
        SecureRandom random = new SecureRandom();
        byte[] bytes = KeystoreForm.seal(KeyMaterial.generate(random), password, rounds, random);
        Path folder = file.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder, DIRECTORY);
            Path draft = Files.createTempFile(folder, ".keystore-", ".new", OWNER_ONLY);
            try {
                write(draft, bytes);
                // a link fails if its name is taken: of two nodes one wins, and what it wrote is whole
                Files.createLink(file, draft);
                LOG.info("keystore made file={}", file);
            } catch (FileAlreadyExistsException overtaken) {
                LOG.info("keystore made by another node file={}", file);
            } finally {
                Files.delete(draft);
            }
            try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        } catch (IOException | UnsupportedOperationException failed) {
            throw new KeystoreRefused(file, "it cannot be made: " + failed, failed);
        }
    }

    private static void write(Path draft, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    /**
     * The rule that PostgreSQL's client has for private keys: 0600 or less, or 0640 or less if root owns the file, which is
     * how secrets are mounted for a group (Kubernetes' fsGroup).
     */
    private static void requireClosedToOthers(Path file) throws IOException {
        Set<PosixFilePermission> tooMuch = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        tooMuch.remove(PosixFilePermission.OWNER_READ);
        tooMuch.remove(PosixFilePermission.OWNER_WRITE);
        if (((Number) Files.getAttribute(file, "unix:uid")).intValue() == 0) {
            tooMuch.remove(PosixFilePermission.GROUP_READ);
        }
        if (!tooMuch.isEmpty()) {
            throw new KeystoreRefused(
                    file,
                    "its mode is "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                            + ", others could read or change it; run: chmod 600 " + file);
        }
    }
}
