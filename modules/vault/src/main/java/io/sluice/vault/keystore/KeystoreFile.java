package io.sluice.vault.keystore;

import io.sluice.vault.keystore.KeystoreForm.Opened;
import io.sluice.vault.keystore.KeystoreForm.Unlocking;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
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
    private static final int READS = 3;

    private KeystoreFile() {}

    /** Opens the keystore that must be there. @throws KeystoreRefused if it is not, or cannot be used */
    public static Keystore open(Path file, String password) {
        return new Keystore(file, opened(file, (rounds, salt) -> PasswordKey.derive(password, rounds, salt)));
    }

    /** Opens the keystore, made first if there is none. If two nodes make one at once, one of the two is kept, for both. */
    public static Keystore openOrCreate(Path file, String password, InstantSource clock) {
        if (!Files.exists(file)) {
            create(file, password, PasswordKey.ROUNDS, clock.instant());
        }
        return open(file, password);
    }

    /** What the file holds now. */
    static Opened opened(Path file, Unlocking unlocking) {
        try {
            for (int reads = 1; ; reads++) {
                byte[] bytes = bytes(file);
                try {
                    return KeystoreForm.open(bytes, unlocking);
                } catch (IOException | GeneralSecurityException closed) {
                    // what another node has replaced it wipes: then there is a new one by this name
                    if (reads == READS || Arrays.equals(bytes, bytes(file))) {
                        throw closed;
                    }
                }
            }
        } catch (NoSuchFileException missing) {
            throw new KeystoreRefused(file, "there is none", missing);
        } catch (IOException unreadable) {
            throw new KeystoreRefused(file, "it cannot be read: " + unreadable.getMessage(), unreadable);
        } catch (GeneralSecurityException closed) {
            throw new KeystoreRefused(file, "it does not open: the password is wrong, or the file was changed", closed);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        requireClosedToOthers(file);
        if (Files.size(file) > MOST) {
            throw new KeystoreRefused(file, "it is too large for a keystore");
        }
        return Files.readAllBytes(file);
    }

    /** Makes a keystore with new keys unless there is one by now: whole and durable, or not at all. */
    static void create(Path file, String password, int rounds, Instant now) {
        SecureRandom random = new SecureRandom();
        PasswordKey key = PasswordKey.make(password, rounds, random);
        byte[] bytes = KeystoreForm.seal(KeyMaterial.generate(random, now), key, random);
        Path folder = folder(file);
        try {
            Files.createDirectories(folder, DIRECTORY);
            Path draft = draft(folder, bytes);
            try {
                // a link fails if its name is taken: of two nodes one wins, and what it wrote is whole
                Files.createLink(file, draft);
                LOG.info("keystore made file={}", file);
            } catch (FileAlreadyExistsException overtaken) {
                LOG.info("keystore made by another node file={}", file);
            } finally {
                Files.delete(draft);
            }
            sync(folder);
        } catch (IOException | UnsupportedOperationException failed) {
            throw new KeystoreRefused(file, "it cannot be made: " + failed, failed);
        }
    }

    /**
     * Puts other contents in the place of the present ones: at every moment the file is whole, the old or the new one. The old
     * bytes are wiped afterwards, as far as the disk lets itself be written over in place: a destroyed key is in them.
     */
    static void replace(Path file, byte[] bytes) {
        Path folder = folder(file);
        try {
            Path draft = draft(folder, bytes);
            try (FileChannel old = FileChannel.open(file, StandardOpenOption.WRITE)) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                sync(folder);
                write(old, new byte[(int) old.size()]);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (AccessDeniedException readOnly) {
            throw new KeystoreRefused(
                    file,
                    "it cannot be written: epochs turn only where this node may change it and its folder",
                    readOnly);
        } catch (IOException | UnsupportedOperationException failed) {
            throw new KeystoreRefused(file, "it cannot be written: " + failed, failed);
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new KeystoreRefused(file, "it is no file");
        }
        return folder;
    }

    /** A file of this content and of no name that anybody knows, on the disk. */
    private static Path draft(Path folder, byte[] bytes) throws IOException {
        Path draft = Files.createTempFile(folder, ".keystore-", ".new", OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            write(channel, bytes);
        }
        return draft;
    }

    private static void write(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(true);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
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
