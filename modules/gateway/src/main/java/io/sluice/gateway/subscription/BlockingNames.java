package io.sluice.gateway.subscription;

import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks names up where that takes a thread, which nothing frees before there is an answer: each name once at a time, whoever asks, so
 * that a slow one takes one thread. Whoever finds none free is told so, rather than that there is no such name.
 */
final class BlockingNames implements HostNames {

    /** Names at a time. */
    static final int MOST = 16;

    private final WorkerExecutor threads;
    private final LookUp lookUp;
    private final Map<String, Future<List<InetAddress>>> underWay = new HashMap<>();

    BlockingNames(Vertx vertx, LookUp lookUp) {
        this.threads = vertx.createSharedWorkerExecutor("receivers' names", MOST);
        this.lookUp = lookUp;
    }

    /** Takes as long as it takes. */
    @FunctionalInterface
    interface LookUp {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    @Override
    public synchronized Future<List<InetAddress>> addresses(String host) {
        Future<List<InetAddress>> already = underWay.get(host);
        if (already != null) {
            return already;
        }
        if (underWay.size() >= MOST) {
            return Future.failedFuture(new Unavailable("names"));
        }
        Future<List<InetAddress>> found = threads.executeBlocking(() -> List.of(lookUp.addresses(host)), false)
                .map(all -> all == null ? List.<InetAddress>of() : all);
        underWay.put(host, found);
        return found.onComplete(ended -> over(host));
    }

    private synchronized void over(String host) {
        underWay.remove(host);
    }
}
