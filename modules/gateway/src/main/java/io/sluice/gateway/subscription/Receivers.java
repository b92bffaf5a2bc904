package io.sluice.gateway.subscription;

import io.sluice.guard.Delivery;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Calls receivers: at the very address that was found to be allowed, without following them elsewhere, and never for long. */
final class Receivers {

    /** Of an answer's body no more is waited for; its status has been said already. */
    private static final int MOST_READ = 16 * 1024;

    private static final long NAME_MILLIS = 1_500;

    private final Vertx vertx;
    private final HttpClient client;
    private final HostNames names;
    private final ReceiverSettings settings;

    Receivers(Vertx vertx, HostNames names, ReceiverSettings settings) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(
                options(settings),
                new PoolOptions().setHttp1MaxSize(settings.maxInFlight()).setMaxWaitQueueSize(settings.maxInFlight()));
        this.names = names;
        this.settings = settings;
    }

    private static HttpClientOptions options(ReceiverSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.timeout().toMillis()))
                .setKeepAliveTimeout(10)
                .setVerifyHost(true)
                .setForceSni(true)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
        settings.ca().ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(pem))));
        return options;
    }

    /** What came of a call: a status, or a code of why there is none. */
    sealed interface Heard {

        record Status(int code) implements Heard {}

        record Nothing(String reason) implements Heard {}
    }

    /**
     * Posts a notice.
     *
     * @param delivery behind which it goes out: what is no longer permitted by the time of the connection stays here
     * @return a failed Future only if nothing was tried
     */
    Future<Heard> post(Delivery<?> delivery, ReceiverUrl url, SignedNotice notice) {
        return addresses(url).transform(found -> {
            if (found.failed()) {
                // that nobody had time to look says nothing of the receiver
                return found.cause() instanceof Unavailable busy
                        ? Future.failedFuture(busy)
                        : nothing("name-not-resolved");
            }
            return allowed(found.result())
                    ? post(delivery, url, found.result().getFirst(), notice)
                    : nothing("address-not-allowed");
        });
    }

    private Future<List<InetAddress>> addresses(ReceiverUrl url) {
        return url.address()
                .map(one -> Future.succeededFuture(List.of(one)))
                .orElseGet(() -> names.addresses(url.host()).timeout(NAME_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** All of them: whoever answers with one of each is after the other one. */
    private boolean allowed(List<InetAddress> addresses) {
        return !addresses.isEmpty()
                && (settings.isPrivateAllowed() || addresses.stream().allMatch(PublicAddresses::isPublic));
    }

    private Future<Heard> post(Delivery<?> delivery, ReceiverUrl url, InetAddress address, SignedNotice notice) {
        RequestOptions asked = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, url.port())))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.isTls())
                .setURI(url.target())
                .setFollowRedirects(false)
                .setTimeout(settings.timeout().toMillis())
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Sluice");
        notice.headers().forEach(asked::putHeader);
        Future<Heard> heard = client.request(asked).compose(request -> {
            if (!delivery.isStillPermitted()) {
                return request.reset().transform(unsent -> Future.failedFuture(new Unavailable("permit")));
            }
            return request.send(notice.body()).map(response -> {
                leave(request, response);
                return new Heard.Status(response.statusCode());
            });
        });
        return heard.timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .recover(Receivers::silent);
    }

    /** Reads the rest for the connection's sake, and hangs up on whoever says too much or takes too long. */
    private void leave(HttpClientRequest request, HttpClientResponse response) {
        long[] read = {0};
        long timer = vertx.setTimer(settings.timeout().toMillis(), late -> hangUp(request));
        response.handler(part -> {
            read[0] += part.length();
            if (read[0] > MOST_READ) {
                hangUp(request);
            }
        });
        response.exceptionHandler(broken -> vertx.cancelTimer(timer));
        response.endHandler(end -> vertx.cancelTimer(timer));
    }

    private static void hangUp(HttpClientRequest request) {
        // whether it is gone already does not matter: nothing more is wanted of it
        request.reset().onComplete(ended -> {});
    }

    private static Future<Heard> silent(Throwable cause) {
        return switch (cause) {
            case Unavailable unsent -> Future.failedFuture(unsent);
            case ConnectionPoolTooBusyException busy -> Future.failedFuture(new Unavailable("receivers"));
            case TimeoutException late -> nothing("timeout");
            case SSLException unproven -> nothing("tls-failed");
            case ConnectException refused -> nothing("connection-refused");
            default -> nothing("connection-failed");
        };
    }

    private static Future<Heard> nothing(String reason) {
        return Future.succeededFuture(new Heard.Nothing(reason));
    }

    void close() {
        client.close();
    }
}
