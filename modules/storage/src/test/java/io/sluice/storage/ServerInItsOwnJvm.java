package io.sluice.storage;

import java.io.IOException;
import java.nio.file.Path;

/** Starts a server, says so, and waits to be killed. */
final class ServerInItsOwnJvm {

    private ServerInItsOwnJvm() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedPostgres server = TestServer.start(Path.of(arguments[0]));
        System.out.println("ready");
        if (System.in.read() == -1) {
            server.close();
        }
    }
}
