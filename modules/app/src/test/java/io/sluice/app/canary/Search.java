package io.sluice.app.canary;

import io.sluice.app.canary.Encodings.Form;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Looks for many canaries in all their encodings at once, in one pass over any number of bytes. */
final class Search {

    private static final int PIECE = 1 << 20;
    private static final int HEAD = 4;
    private static final int AROUND = 60;

    private final Map<Integer, List<Form>> byHead = new HashMap<>();
    private final BitSet heads = new BitSet(1 << 20);
    private final int longest;

    Search(Iterable<Canary> canaries) {
        int longestSoFar = 0;
        for (Form form : Encodings.of(canaries)) {
            int head = head(form.bytes(), 0);
            byHead.computeIfAbsent(head, absent -> new ArrayList<>()).add(form);
            heads.set(slot(head));
            longestSoFar = Math.max(longestSoFar, form.bytes().length);
        }
        longest = longestSoFar;
    }

    /**
     * What was found.
     *
     * @param where the part of the sink, such as a file or a table
     * @param around the bytes about the first of them, for whoever looks for the reason
     */
    record Find(Canary canary, String encoding, String where, long offset, String around) {
        @Override
        public String toString() {
            return canary.name() + " (" + encoding + ") in " + where + " at " + offset + ": " + around;
        }
    }

    List<Find> in(String where, byte[] bytes) {
        Sweep sweep = new Sweep(where);
        sweep.over(bytes, bytes.length, 0);
        return sweep.found();
    }

    List<Find> in(String where, String text) {
        return in(where, text.getBytes(StandardCharsets.UTF_8));
    }

    List<Find> in(String where, Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return in(where, stream);
        }
    }

    List<Find> in(String where, InputStream stream) throws IOException {
        Sweep sweep = new Sweep(where);
        byte[] piece = new byte[PIECE + longest];
        long offset = 0;
        int kept = 0;
        for (int read = stream.readNBytes(piece, 0, PIECE); read > 0; read = stream.readNBytes(piece, kept, PIECE)) {
            int length = kept + read;
            sweep.over(piece, length, offset);
            // what begins at the end of this piece may end in the next
            kept = Math.min(longest - 1, length);
            System.arraycopy(piece, length - kept, piece, 0, kept);
            offset += length - kept;
        }
        return sweep.found();
    }

    private static int head(byte[] bytes, int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xFF) << 16 | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF);
    }

    private static int slot(int head) {
        return (head * 0x9E3779B1) >>> 12;
    }

    /** One pass; of each form the first place is remembered. */
    private final class Sweep {
        private final String where;
        private final Map<String, Find> found = new TreeMap<>();

        Sweep(String where) {
            this.where = where;
        }

        void over(byte[] bytes, int length, long offset) {
            int head = 0;
            for (int i = 0; i < length; i++) {
                head = head << 8 | (bytes[i] & 0xFF);
                if (i >= HEAD - 1 && heads.get(slot(head))) {
                    look(bytes, length, i - HEAD + 1, head, offset);
                }
            }
        }

        private void look(byte[] bytes, int length, int at, int head, long offset) {
            for (Form form : Objects.requireNonNullElse(byHead.get(head), List.<Form>of())) {
                byte[] wanted = form.bytes();
                if (at + wanted.length <= length
                        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                    found.computeIfAbsent(
                            form.canary().name() + "\n" + form.encoding(),
                            first -> new Find(
                                    form.canary(),
                                    form.encoding(),
                                    where,
                                    offset + at,
                                    around(bytes, length, at, wanted.length)));
                }
            }
        }

        private String around(byte[] bytes, int length, int at, int many) {
            int from = Math.max(0, at - AROUND);
            int to = Math.min(length, at + many + AROUND);
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "·");
        }

        List<Find> found() {
            return List.copyOf(found.values());
        }
    }
}
