package io.sluice.gateway.ledger;

import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.ledger.log.SecondSink;
import io.sluice.ledger.log.SignedHead;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps notices at somebody who is called by HTTP, signed as Standard Webhooks has it. The id is made of what is sent, so a
 * repeat is recognised; the receiver keeps what it had first.
 */
public final class WebhookSink implements SecondSink {

    private static final byte[] DOT = {'.'};

    private final WebClient client;
    private final URI url;
    private final WebhookSecret secret;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param timeout how long one call may take */
    public WebhookSink(Vertx vertx, URI url, WebhookSecret secret, Duration timeout, InstantSource clock) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setFollowRedirects(false)
                        .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.3")),
                new PoolOptions().setHttp1MaxSize(1));
        this.url = url;
        this.secret = secret;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public String name() {
        // no more of the address: its path may be a secret
        return "webhook " + url.getHost() + " "
                + UUID.nameUUIDFromBytes(url.toString().getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 8);
    }

    /** It takes and does not tell: whoever keeps the notices sees two heads of one size. */
    @Override
    public Future<Optional<SignedHead>> newest(UUID log) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public Future<Void> keep(List<Notice> notices) {
        StringBuilder lines = new StringBuilder();
        notices.forEach(notice -> lines.append(notice.line()).append('\n'));
        Buffer body = Buffer.buffer(lines.toString());
        Notice last = notices.getLast();
        String id = last.kind() + "-" + notices.getFirst().number() + "-" + last.number();
        // a dot ends the id in the signed text
        id = id.replace('.', '_');
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        byte[] signature = secret.sign(
                id.getBytes(StandardCharsets.US_ASCII),
                DOT,
                timestamp.getBytes(StandardCharsets.US_ASCII),
                DOT,
                body.getBytes());
        return client.postAbs(url.toString())
                .timeout(timeout.toMillis())
                .putHeader("content-type", "application/x-ndjson")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", timestamp)
                .putHeader("webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature))
                .sendBuffer(body)
                .compose(answer -> answer.statusCode() / 100 == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("answered " + answer.statusCode())));
    }

    /** Hangs up. */
    public void close() {
        client.close();
    }
}
