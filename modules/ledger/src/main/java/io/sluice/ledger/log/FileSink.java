package io.sluice.ledger.log;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.io.input.ReversedLinesFileReader;

/** Keeps notices in a file, one a line. It is as far away as the file's disk is: for development, or for a mount of elsewhere. */
public final class FileSink implements SecondSink {

    private static final int TAIL = 1_000;

    // a lock on a file is the whole process's, and several senders of one have notices at a time
    private static final Lock ALONE_HERE = new ReentrantLock();

    private final Vertx vertx;
    private final Path file;

    public FileSink(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    @Override
    public String name() {
        return "file " + file.toAbsolutePath().normalize();
    }

    @Override
    public Future<Void> keep(List<Notice> notices) {
        StringBuilder lines = new StringBuilder();
        notices.forEach(notice -> lines.append(notice.line()).append('\n'));
        return vertx.executeBlocking(() -> {
                    append(lines.toString());
                    return true;
                })
                .mapEmpty();
    }

    private void append(String lines) throws IOException {
        ALONE_HERE.lock();
        try {
            appendAlone(lines);
        } finally {
            ALONE_HERE.unlock();
        }
    }

    private void appendAlone(String lines) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                // two nodes may be at it for a moment
                FileLock alone = channel.lock()) {
            // a line that was cut short by a crash was never said to be kept, and comes again
            channel.truncate(wholeLines(channel)).position(channel.size());
            ByteBuffer rest = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
    }

    @Override
    public Future<Optional<SignedHead>> newest(UUID log) {
        return vertx.executeBlocking(() -> newestIn(file, log)).map(Objects::requireNonNull);
    }

    /** Reads from the end on, as far as it has to. */
    private static Optional<SignedHead> newestIn(Path file, UUID log) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (ReversedLinesFileReader lines = fromItsEnd(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<SignedHead> head =
                        whole(line).filter(each -> each.head().log().equals(log));
                if (head.isPresent()) {
                    return head;
                }
            }
            return Optional.empty();
        }
    }

    /** The head on a line; none on one of another kind, nor on the last one if it was cut short. */
    private static Optional<SignedHead> whole(String line) {
        try {
            return head(line);
        } catch (DecodeException | ClassCastException | IllegalArgumentException cutShort) {
            return Optional.empty();
        }
    }

    private static Optional<SignedHead> head(String line) {
        JsonObject json = new JsonObject(line);
        if (!json.containsKey("kind")) {
            return Optional.of(SignedHead.parse(line));
        }
        return Notice.HEAD.equals(json.getString("kind"))
                ? Optional.of(SignedHead.parse(String.valueOf(json.getJsonObject("data"))))
                : Optional.empty();
    }

    private static long wholeLines(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        long size = channel.size();
        while (size > 0) {
            last.clear();
            if (channel.read(last, size - 1) == 1 && last.get(0) == '\n') {
                break;
            }
            size--;
        }
        return size;
    }

    /**
     * Hands over the data of the notices of one kind, in the order in which they were kept; one may be there twice. A last line that
     * is not whole is left out: it was never said to be kept.
     *
     * @throws IOException if another line is no notice
     */
    public static void read(Path file, String kind, Consumer<JsonObject> reader) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            // one behind, for only the last may be cut short
            Iterator<String> all = lines.iterator();
            while (all.hasNext()) {
                Optional<Notice> notice = notice(file, all.next(), !all.hasNext());
                notice.filter(one -> one.kind().equals(kind))
                        .ifPresent(one -> reader.accept(new JsonObject(one.json())));
            }
        }
    }

    /** What was kept last: a thousand notices at most, in their order. */
    public static List<Notice> tail(Path file) throws IOException {
        List<Notice> notices = new ArrayList<>();
        try (ReversedLinesFileReader lines = fromItsEnd(file)) {
            List<String> last = lines.readLines(TAIL);
            for (int i = 0; i < last.size(); i++) {
                notice(file, last.get(i), i == 0).ifPresent(notices::add);
            }
        }
        return notices.reversed();
    }

    private static ReversedLinesFileReader fromItsEnd(Path file) throws IOException {
        return ReversedLinesFileReader.builder()
                .setPath(file)
                .setCharset(StandardCharsets.UTF_8)
                .get();
    }

    private static Optional<Notice> notice(Path file, String line, boolean isLast) throws IOException {
        try {
            JsonObject json = new JsonObject(line);
            return Optional.of(new Notice(
                    json.getString("kind"),
                    json.getLong("number"),
                    json.getJsonObject("data").encode()));
        } catch (RuntimeException noNotice) {
            if (isLast) {
                return Optional.empty();
            }
            throw new IOException(file + " holds a line that is no notice", noNotice);
        }
    }

    /**
     * The heads in a file of kept notices, or in one of heads as they are told to everybody. A last line without its end is left
     * out: it may be under way.
     *
     * @throws IOException if a line is neither
     */
    public static List<SignedHead> heads(Path file) throws IOException {
        List<SignedHead> heads = new ArrayList<>();
        String text = Files.readString(file);
        for (String line : text.lines().toList()) {
            try {
                head(line).ifPresent(heads::add);
            } catch (DecodeException | ClassCastException | IllegalArgumentException noHead) {
                boolean isUnderWay = !text.endsWith("\n") && text.endsWith(line) && !heads.isEmpty();
                if (!isUnderWay) {
                    throw new IOException(file + " holds a line that is no signed head", noHead);
                }
            }
        }
        return heads;
    }
}
