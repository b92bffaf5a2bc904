package io.sluice.gateway.subscription;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.util.List;

/** Where names lead to. */
public interface HostNames {

    /**
     * All addresses of a name. The Future fails if there are none; with {@link io.sluice.kernel.Unavailable} if nobody has time to look
     * at present.
     */
    Future<List<InetAddress>> addresses(String host);

    /** As this machine resolves them, with all that it knows besides DNS. */
    static HostNames system(Vertx vertx) {
        return new BlockingNames(vertx, InetAddress::getAllByName);
    }
}
