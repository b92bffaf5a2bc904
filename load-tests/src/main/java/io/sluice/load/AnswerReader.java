package io.sluice.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Finds the answers in one connection's bytes: status, and the order's id in {@code Location}. Answers come one at a time. */
final class AnswerReader {

    private static final int ROOM = 64 * 1024;
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PLACE = "/v1/orders/".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_DIGITS = 36;

    private final byte[] bytes = new byte[ROOM];
    private int length;
    private int headEnd;

    /** Takes what has arrived; whether an answer is whole now. */
    boolean take(Buffer arrived) {
        arrived.getBytes(bytes, length);
        length += arrived.length();
        headEnd = headEnd();
        if (headEnd < 0) {
            return false;
        }
        int at = find(LENGTH, headEnd);
        if (at < 0) {
            throw new BenchFailed("an answer does not say how long it is:\n" + text());
        }
        int expected = 0;
        for (int i = at + LENGTH.length; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            expected = expected * 10 + bytes[i] - '0';
        }
        return length - headEnd >= expected;
    }

    int status() {
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /** The id of the order that was made. */
    UUID orderId() {
        int at = find(PLACE, headEnd);
        if (at < 0) {
            throw new BenchFailed("an accepted order has no location:\n" + text());
        }
        return UUID.fromString(new String(bytes, at + PLACE.length, ID_DIGITS, StandardCharsets.ISO_8859_1));
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Makes room for the next answer. */
    void clear() {
        length = 0;
    }

    private int headEnd() {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** Without regard to letters' case, which in header names does not matter. */
    private int find(byte[] wanted, int end) {
        for (int i = 0; i + wanted.length <= end; i++) {
            int same = 0;
            while (same < wanted.length && Character.toLowerCase(bytes[i + same]) == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
