package io.sluice.app.canary;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A process that keeps what it is told, in each of the ways in which a Java process keeps text, until its input ends. */
final class Keeper {

    static final String READY = "kept";

    private Keeper() {}

    public static void main(String[] told) throws IOException {
        String heap = told[0];
        byte[] direct = told[1].getBytes(StandardCharsets.UTF_8);
        List<Object> kept = List.of(
                heap,
                heap + "Ł",
                heap.toCharArray(),
                heap.getBytes(StandardCharsets.UTF_8),
                ByteBuffer.allocateDirect(1 << 16).put(direct));
        System.out.println(READY);
        // the end of the input is the end of the process
        int last = System.in.read();
        System.out.println(kept.size() + last);
    }
}
