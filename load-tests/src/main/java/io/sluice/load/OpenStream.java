package io.sluice.load;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Callbacks at a fixed rate, whether earlier ones have been answered or not (an open model). Each has an instant at which it is
 * meant to go out, and its latency counts from then to the end of its answer: what we are late ourselves, or what waits for a
 * connection, counts too, and nothing is left out because the node was slow (no coordinated omission).
 */
final class OpenStream {

    private static final String PATH = "/v1/webhooks/payments/sandbox";
    private static final int EXAMPLES = 3;
    private static final int CONNECTIONS = 1_000;
    private static final int KEEP_ALIVE_SECONDS = 10;
    private static final long TICK_MILLIS = 1;

    private final Vertx vertx;
    private final HttpClient client;
    private final int port;
    private final Callbacks callbacks;

    /** @param vertx of its own, so that nobody else's work makes the stream late */
    OpenStream(Vertx vertx, int port, Callbacks callbacks) {
        this.vertx = vertx;
        // the node closes what is idle for a minute: a connection must not be taken up again at that very moment
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(KEEP_ALIVE_SECONDS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.port = port;
        this.callbacks = callbacks;
    }

    /**
     * What became of one stream.
     *
     * @param taken answers that were 200
     * @param others answers that were not, of which some are examples
     */
    record Told(Latencies latencies, long taken, long others, List<String> examples) {
        Told {
            examples = List.copyOf(examples);
        }
    }

    /** Tells so many a second for so long; succeeds when every one has its answer. */
    Future<Told> tell(int perSecond, int seconds) {
        return Future.future(promise -> vertx.runOnContext(go -> new Run(perSecond, seconds, promise).begin()));
    }

    /** One stream; all of it is one thread's. */
    private final class Run {

        private final long nanosBetween;
        private final long[] latencies;
        private final List<String> examples = new ArrayList<>();
        private final Promise<Told> ended;
        private final long begun = System.nanoTime();
        private int sent;
        private int taken;
        private long others;

        Run(int perSecond, int seconds, Promise<Told> ended) {
            this.nanosBetween = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.latencies = new long[perSecond * seconds];
            this.ended = ended;
        }

        void begin() {
            long timer = vertx.setPeriodic(TICK_MILLIS, tick -> sendWhatIsDue());
            ended.future().onComplete(done -> vertx.cancelTimer(timer));
        }

        private void sendWhatIsDue() {
            long now = System.nanoTime();
            while (sent < latencies.length && now - meant(sent) >= 0) {
                send(meant(sent++));
            }
        }

        private long meant(int number) {
            return begun + number * nanosBetween;
        }

        private void send(long meant) {
            Callbacks.Signed callback = callbacks.next();
            client.request(HttpMethod.POST, port, "127.0.0.1", PATH)
                    .compose(request -> {
                        callback.headers().forEach(request::putHeader);
                        return request.send(callback.body());
                    })
                    .compose(answer -> answer.body().map(body -> {
                        answered(meant, answer.statusCode(), body.toString());
                        return body;
                    }))
                    .onFailure(ended::tryFail);
        }

        private void answered(long meant, int status, String body) {
            if (status == 200) {
                latencies[taken++] = System.nanoTime() - meant;
            } else {
                others++;
                if (examples.size() < EXAMPLES) {
                    examples.add(status + " " + body);
                }
            }
            if (taken + others == latencies.length) {
                ended.tryComplete(new Told(Latencies.of(Arrays.copyOf(latencies, taken)), taken, others, examples));
            }
        }
    }
}
