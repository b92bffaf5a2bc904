package io.sluice.app.node;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Held by the one node that runs the outer world of a data directory. The system takes it back when its process ends. */
final class NodeLock implements AutoCloseable {

    private final FileChannel channel;

    private NodeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, unless another node holds it. */
    static Optional<NodeLock> take(Path dataDir) throws IOException {
        FileChannel channel =
                FileChannel.open(dataDir.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isOurs(channel)) {
            return Optional.of(new NodeLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    private static boolean isOurs(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // held by another node of this very process, as tests have them
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
