package io.sluice.testkit;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for somebody who has to be told one before it starts. */
public final class LoopbackPort {

    /** Below the ports that systems give to outgoing connections (Linux from 32768, IANA from 49152). */
    private static final int LOWEST = 15_000;

    private static final int END = 32_000;
    private static final int TRIES = 1_000;

    private LoopbackPort() {}

    /**
     * One that nobody listens on now, and that no outgoing connection takes until it is used.
     *
     * @throws IOException if none was found
     */
    public static int free() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one, then
                continue;
            }
        }
        throw new IOException("no port is free on loopback after " + TRIES + " tries");
    }
}
