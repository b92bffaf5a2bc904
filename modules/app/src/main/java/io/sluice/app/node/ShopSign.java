package io.sluice.app.node;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a data directory's nodes say at which address the shop is open, for a host that runs the partners and no doors:
 * {@code shop.url}. The node that opened last stands in it.
 */
final class ShopSign {

    private static final Logger LOG = LoggerFactory.getLogger(ShopSign.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path file;

    ShopSign(Path dataDir) {
        this.file = dataDir.resolve("shop.url");
    }

    void hang(URI shop) throws IOException {
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "shop-", ".tmp");
        Files.writeString(draft, shop + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What it says, if it hangs and can be read. */
    Optional<URI> read() throws IOException {
        return Files.exists(file)
                ? Optional.of(URI.create(Files.readString(file).strip()))
                : Optional.empty();
    }

    /** Looks from time to time, as long as this Vert.x lives, and tells each new address once. */
    void watch(Vertx vertx, Consumer<URI> reader) {
        String[] last = {""};
        vertx.setPeriodic(
                LOOK_EVERY.toMillis(),
                look -> vertx.executeBlocking(this::read)
                        .onSuccess(found -> Optional.ofNullable(found)
                                .flatMap(sign -> sign)
                                .filter(shop -> !shop.toString().equals(last[0]))
                                .ifPresent(shop -> {
                                    last[0] = shop.toString();
                                    reader.accept(shop);
                                }))
                        .onFailure(cause -> LOG.atWarn()
                                .addKeyValue("cause", cause.getClass().getSimpleName())
                                .log("the shop's address cannot be read")));
    }
}
