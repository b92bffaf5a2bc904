package io.sluice.app.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of JSON lines that only grows. Lines that come in while a write is under way are written together by the next one,
 * so that one fsync serves them all.
 *
 * <p>Belongs to the context that opened it; call it from nowhere else. After a failed write it takes nothing more: what it
 * was told and what is on disk may differ then, and only reading it again tells.
 */
final class Book {

    /** What a completed append means. */
    enum Promises {
        /** The line survives the machine. */
        ON_DISK,
        /** The line was handed to the operating system. */
        WRITTEN
    }

    private static final Logger LOG = LoggerFactory.getLogger(Book.class);

    private final WorkerExecutor writer;
    private final FileChannel file;
    private final Promises promises;
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private Promise<Void> gatheredDone = Promise.promise();
    private Future<Void> writing = Future.succeededFuture();
    private boolean closed;

    private Book(WorkerExecutor writer, FileChannel file, Promises promises) {
        this.writer = writer;
        this.file = file;
        this.promises = promises;
    }

    /**
     * Opens a book, or begins one, and tells each of its lines.
     *
     * @param reader told every line in order, on a worker thread, before the Future completes
     * @return failed if the file belongs to another process, or holds a line that is none before its last one
     */
    static Future<Book> open(Vertx vertx, Path path, Promises promises, Consumer<JsonObject> reader) {
        WorkerExecutor writer = vertx.createSharedWorkerExecutor("sandbox-book-" + path, 1);
        return writer.executeBlocking(() -> BookFile.open(path, reader))
                .map(file -> new Book(writer, file, promises))
                .onFailure(failed -> release(writer));
    }

    /** Adds a line. Completes when it is as safe as this book promises. */
    Future<Void> append(JsonObject line) {
        if (closed) {
            return Future.failedFuture("the book is closed");
        }
        if (writing.failed()) {
            return writing;
        }
        gathered.writeBytes(line.encode().getBytes(StandardCharsets.UTF_8));
        gathered.write('\n');
        Future<Void> done = gatheredDone.future();
        if (writing.isComplete()) {
            writeGathered();
        }
        return done;
    }

    /** Completes when all that was appended so far is as safe as this book promises. */
    Future<Void> settled() {
        return gathered.size() > 0 ? gatheredDone.future() : writing;
    }

    /** Takes nothing more, waits for what was appended, and closes the file. */
    Future<Void> close() {
        closed = true;
        Future<Void> last = settled();
        return last.transform(ended -> writer.executeBlocking(() -> {
                    file.close();
                    return true;
                }))
                .compose(closed -> writer.close())
                .compose(released -> last);
    }

    private void writeGathered() {
        ByteBuffer bytes = ByteBuffer.wrap(gathered.toByteArray());
        Promise<Void> done = gatheredDone;
        gathered = new ByteArrayOutputStream(1024);
        gatheredDone = Promise.promise();
        writing = done.future();
        writer.executeBlocking(() -> write(bytes)).onComplete(ended -> written(done, ended.cause()));
    }

    private long write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        if (promises == Promises.ON_DISK) {
            file.force(false);
        }
        return file.position();
    }

    private void written(Promise<Void> done, @Nullable Throwable failed) {
        if (failed != null) {
            LOG.error("sandbox book cannot be written", failed);
            Promise<Void> alsoLost = gatheredDone;
            done.fail(failed);
            alsoLost.fail(failed);
            return;
        }
        // the next write starts before anybody is told, so that the disk does not wait for them
        if (gathered.size() > 0) {
            writeGathered();
        }
        done.complete();
    }

    private static void release(WorkerExecutor writer) {
        writer.close().onFailure(failed -> LOG.warn("sandbox book's thread not released", failed));
    }
}
