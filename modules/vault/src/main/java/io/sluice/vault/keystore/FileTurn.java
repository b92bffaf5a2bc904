package io.sluice.vault.keystore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets one change a keystore file at a time, among the threads of this process and among processes: by a lock on a file beside
 * it, since the file itself is replaced. A process that dies lets go of it.
 */
final class FileTurn {

    // a process cannot lock a file twice, nor wait for itself
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private FileTurn() {}

    static <T> T take(Path file, Supplier<T> change) {
        IN_THIS_PROCESS.lock();
        Path beside = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(
                        beside,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                FileLock held = channel.lock()) {
            if (!held.isValid()) {
                throw new IOException("the lock was lost");
            }
            return change.get();
        } catch (IOException failed) {
            throw new KeystoreRefused(file, "it cannot be locked for a change: " + failed, failed);
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }
}
