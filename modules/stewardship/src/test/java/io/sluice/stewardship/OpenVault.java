package io.sluice.stewardship;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Opens what {@link TownHall#sealed} has sealed, for any permit that is not spent. */
final class OpenVault implements FieldOpener {

    private final InstantSource clock;

    OpenVault(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<List<Plain<String>>> open(Permit permit, List<Item> items) {
        if (!permit.redeem(clock.instant(), System.nanoTime())) {
            return Future.failedFuture("the permit is spent");
        }
        return Future.succeededFuture(items.stream()
                .map(item -> Plain.of(new String(item.sealed().bytes(), StandardCharsets.UTF_8)))
                .toList());
    }
}
