package io.sluice.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a number of connections busy with orders, one request in flight on each. All of it runs on one event loop, and does as
 * little as it can: it shares the processors with what it measures.
 */
final class Generator {

    private final NetClient client;
    private final int port;

    Generator(Vertx vertx, int port) {
        this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
        this.port = port;
    }

    /** Orders until the tally is closed; succeeds when every request has its answer. Fails if a connection breaks. */
    Future<Void> run(int connections, OrderRequests requests, Tally tally) {
        List<Future<Void>> shoppers = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            shoppers.add(
                    client.connect(port, "127.0.0.1").compose(socket -> new Shopper(socket, requests, tally).run()));
        }
        return Future.all(shoppers).mapEmpty();
    }

    /** One connection. */
    private static final class Shopper {

        private final NetSocket socket;
        private final OrderRequests requests;
        private final Tally tally;
        private final AnswerReader reader = new AnswerReader();
        private final Promise<Void> ended = Promise.promise();
        private long sentAt;

        Shopper(NetSocket socket, OrderRequests requests, Tally tally) {
            this.socket = socket;
            this.requests = requests;
            this.tally = tally;
        }

        Future<Void> run() {
            socket.handler(this::take);
            socket.exceptionHandler(ended::tryFail);
            socket.closeHandler(closed -> ended.tryFail("the node closed a connection"));
            order();
            return ended.future();
        }

        private void order() {
            sentAt = System.nanoTime();
            socket.write(requests.next()).onFailure(ended::tryFail);
        }

        private void take(Buffer arrived) {
            try {
                if (reader.take(arrived)) {
                    answered();
                }
            } catch (RuntimeException unreadable) {
                ended.tryFail(unreadable);
                socket.close();
            }
        }

        private void answered() {
            if (reader.status() == 201) {
                tally.accepted(reader.orderId(), System.nanoTime() - sentAt);
            } else {
                tally.other(reader.text());
            }
            reader.clear();
            if (tally.isOver()) {
                ended.tryComplete();
                socket.close();
            } else {
                order();
            }
        }
    }
}
