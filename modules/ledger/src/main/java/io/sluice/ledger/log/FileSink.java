package io.sluice.ledger.log;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps notices in a file, one a line. It is as far away as the file's disk is: for development, or for a mount of elsewhere. */
public final class FileSink implements SecondSink {

    private static final int TAIL = 1_000_000;

    private final Vertx vertx;
    private final Path file;

    public FileSink(Vertx vertx, Path file) {
        this.vertx = vertx;
        this.file = file;
    }

    @Override
    public String name() {
        return "file";
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
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // a line that was cut short by a crash was never said to be kept, and comes again
            channel.truncate(wholeLines(channel)).position(channel.size());
            ByteBuffer rest = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
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

    /** What was kept last: the notices on the last million bytes. */
    public static List<Notice> newest(Path file) throws IOException {
        byte[] tail;
        boolean isCut;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - TAIL);
            isCut = from > 0;
            ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                continue;
            }
            tail = Arrays.copyOf(bytes.array(), bytes.position());
        }
        List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
        List<Notice> notices = new ArrayList<>();
        for (int i = isCut ? 1 : 0; i < lines.size(); i++) {
            notice(file, lines.get(i), i == lines.size() - 1).ifPresent(notices::add);
        }
        return notices;
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
                JsonObject json = new JsonObject(line);
                if (!json.containsKey("kind")) {
                    heads.add(SignedHead.parse(line));
                } else if (Notice.HEAD.equals(json.getString("kind"))) {
                    heads.add(SignedHead.parse(String.valueOf(json.getJsonObject("data"))));
                }
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
