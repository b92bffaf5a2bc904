package io.sluice.app.canary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/** Stands on the line between a node and a partner and writes down every byte that the node sends. */
final class Tap implements AutoCloseable {

    private final ServerSocket door;
    private final int partner;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private Tap(ServerSocket door, int partner) {
        this.door = door;
        this.partner = partner;
    }

    static Tap before(URI partner) throws IOException {
        Tap tap = new Tap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), partner.getPort());
        Thread.ofVirtual().start(tap::admit);
        return tap;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    private void admit() {
        try {
            while (!door.isClosed()) {
                Socket node = door.accept();
                Socket further = new Socket(InetAddress.getLoopbackAddress(), partner);
                Thread.ofVirtual().start(() -> carry(node, further, true));
                Thread.ofVirtual().start(() -> carry(further, node, false));
            }
        } catch (SocketException closed) {
            // the test is over
            return;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void carry(Socket from, Socket to, boolean isHeard) {
        byte[] piece = new byte[16 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (isHeard) {
                    note(piece, read);
                }
                out.write(piece, 0, read);
            }
        } catch (IOException ended) {
            // one of the two has hung up, and so does the other
            return;
        }
    }

    private void note(byte[] piece, int length) {
        synchronized (heard) {
            heard.write(piece, 0, length);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
