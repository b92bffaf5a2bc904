package io.sluice.app.sandbox;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Consumer;

/** Opens a book's file: one owner at a time, readable by nobody else, read to its last whole line. */
final class BookFile {

    private BookFile() {}

    /** The file, locked, cut after its last whole line and positioned there. Blocks. */
    static FileChannel open(Path path, Consumer<JsonObject> reader) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            lock(file, path);
            long whole = read(file, path, reader);
            file.truncate(whole).position(whole);
            file.force(true);
            return file;
        } catch (IOException | RuntimeException failed) {
            file.close();
            throw failed;
        }
    }

    private static void lock(FileChannel file, Path path) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException alsoOurs) {
            throw new IOException("the book is open already in this process: " + path, alsoOurs);
        }
        throw new IOException("the book belongs to another process: " + path);
    }

    /** Tells every line, and says where the last whole one ends. */
    private static long read(FileChannel file, Path path, Consumer<JsonObject> reader) throws IOException {
        // not closed: that would close the channel
        InputStream bytes = new BufferedInputStream(Channels.newInputStream(file), 1 << 16);
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        long at = 0;
        long whole = 0;
        long torn = -1;
        for (int next = bytes.read(); next >= 0; next = bytes.read()) {
            at++;
            if (next != '\n') {
                line.write(next);
                continue;
            }
            if (torn >= 0) {
                throw new IOException("the book is damaged before its last line, at byte " + torn + ": " + path);
            }
            if (tell(line, reader)) {
                whole = at;
            } else {
                torn = whole;
            }
            line.reset();
        }
        return whole;
    }

    /** False if this is no JSON object. */
    private static boolean tell(ByteArrayOutputStream line, Consumer<JsonObject> reader) {
        JsonObject parsed;
        try {
            parsed = new JsonObject(line.toString(StandardCharsets.UTF_8));
        } catch (DecodeException torn) {
            return false;
        }
        reader.accept(parsed);
        return true;
    }
}
