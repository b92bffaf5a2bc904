package io.sluice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes TCP connections on to a port of this machine and writes down what goes either way: all that somebody in between sees. */
public final class Wiretap implements AutoCloseable {

    private final ServerSocket door;
    private final int target;
    private final List<ByteArrayOutputStream> heard = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Wiretap(ServerSocket door, int target) {
        this.door = door;
        this.target = target;
    }

    /** Stands before this port of 127.0.0.1, where somebody may begin to listen later. */
    public static Wiretap before(int target) {
        try {
            Wiretap tap = new Wiretap(new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1")), target);
            Thread.ofVirtual().start(tap::accept);
            return tap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where to connect instead. */
    public int port() {
        return door.getLocalPort();
    }

    /** Whether these words went by, in one direction of one connection, encoded as UTF-8. */
    public boolean hasHeard(String words) {
        String wanted = new String(words.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return heard.stream()
                .anyMatch(line -> line.toString(StandardCharsets.ISO_8859_1).contains(wanted));
    }

    /** How much went by. */
    public long bytes() {
        return heard.stream().mapToLong(ByteArrayOutputStream::size).sum();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket near = door.accept();
                open.add(near);
                connect(near);
            } catch (IOException closed) {
                // the tap is closed: the loop ends
            }
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getByName("127.0.0.1"), target);
            open.add(far);
            Thread.ofVirtual().start(() -> pass(near, far));
            Thread.ofVirtual().start(() -> pass(far, near));
        } catch (IOException nobody) {
            // nobody listens there yet: whoever called sees a connection that ends
            end(near);
        }
    }

    private void pass(Socket from, Socket to) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        heard.add(line);
        byte[] piece = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                line.write(piece, 0, length);
                out.write(piece, 0, length);
            }
        } catch (IOException ended) {
            // one end hung up, and by that the other does
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // that is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(Wiretap::end);
    }
}
