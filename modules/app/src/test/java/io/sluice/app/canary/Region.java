package io.sluice.app.canary;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;

/** A range of another process's memory; ends early where the system does not let anybody read. */
final class Region extends InputStream {

    private final RandomAccessFile memory;
    private final long to;
    private long at;

    Region(RandomAccessFile memory, long from, long to) {
        this.memory = memory;
        this.at = from;
        this.to = to;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (at >= to) {
            return -1;
        }
        try {
            memory.seek(at);
            int read = memory.read(bytes, offset, (int) Math.min(length, to - at));
            at += Math.max(0, read);
            return read;
        } catch (IOException unreadable) {
            // a guard page, or one that was never touched
            return -1;
        }
    }
}
