package io.sluice.storage;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starting servers and awaiting Futures, for this room's tests. */
final class TestServer {

    private TestServer() {}

    static EmbeddedPostgres start(Path directory) throws IOException {
        return EmbeddedPostgres.start(new EmbeddedPostgres.Settings(directory, false, 0, List.of()), List.of("sluice"));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing came within thirty seconds", late);
        }
    }
}
