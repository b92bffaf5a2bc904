package io.sluice.gateway.subscription;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.util.List;

/** Where names lead to. */
public interface HostNames {

    /** All addresses of a name, or the one that it is. The Future fails if there are none. */
    Future<List<InetAddress>> addresses(String host);

    /** As this machine resolves them; a few at a time, away from the event loops. */
    static HostNames system(Vertx vertx) {
        WorkerExecutor names = vertx.createSharedWorkerExecutor("receivers' names", 4);
        return host -> names.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
                .map(found -> found == null ? List.<InetAddress>of() : found);
    }
}
