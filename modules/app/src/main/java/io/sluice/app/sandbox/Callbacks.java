package io.sluice.app.sandbox;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the shop of a partner's events: signed, again and again until a 2xx, then parked; on purpose some twice, late or out
 * of order. Belongs to one context.
 *
 * <p>An event counts as told once the journal says so. What is not in it is told again after a restart.
 */
final class Callbacks {

    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final Vertx vertx;
    private final WebClient client;
    private final Webhook signer;
    private final StripeSignature stripe;
    private final String path;
    private final InstantSource clock;
    private final SandboxSettings settings;
    private final Book journal;
    private final Queue<Attempt> ready = new ArrayDeque<>();
    private final Map<String, Callback> parked = new LinkedHashMap<>();
    private @Nullable URI base;
    private int inFlight;
    private int waiting;
    private long told;
    private boolean closed;

    /** @param first whether this is the event, and not one told already and told once more on purpose */
    private record Attempt(Callback callback, int failures, boolean first) {}

    /** @param path where on the shop this partner calls back */
    Callbacks(Vertx vertx, String secret, String path, InstantSource clock, SandboxSettings settings, Book journal) {
        this.vertx = vertx;
        this.signer = signer(secret);
        this.stripe = new StripeSignature(secret);
        this.path = path;
        this.clock = clock;
        this.settings = settings;
        this.journal = journal;
        this.base = settings.callbackBase();
        int connections = settings.retries().maxInFlight();
        WebClientOptions options = new WebClientOptions().setFollowRedirects(false);
        options.setConnectTimeout((int) settings.retries().timeout().toMillis());
        settings.tls().trust(options);
        this.client = WebClient.create(vertx, options, new PoolOptions().setHttp1MaxSize(connections));
    }

    /** A secret of the form {@code whsec_…} is base64, as the standard says; any other is taken as it is. */
    private static Webhook signer(String secret) {
        try {
            return secret.startsWith("whsec_")
                    ? new Webhook(secret)
                    : new Webhook(secret.getBytes(StandardCharsets.UTF_8));
        } catch (EmptyWebhookSecretException empty) {
            throw new IllegalArgumentException("a sandbox partner's webhook secret is empty", empty);
        }
    }

    /** From now on the shop is there. */
    void callBack(URI shop) {
        base = shop;
        sendReady();
    }

    /** Tells of an event in a while, when it is due, or later if a fault strikes. */
    void tell(Callback callback) {
        SandboxFaults faults = settings.faults();
        Duration in = settings.pace().callbackAfter();
        if (faults.strikes(Fault.LATE, callback.dice())) {
            in = in.plus(faults.lateBy());
        }
        if (faults.strikes(Fault.REORDER, callback.dice())) {
            in = in.plus(faults.reorderBy());
        }
        sendIn(in, new Attempt(callback, 0, true));
    }

    /** An event that was parked before a restart: shown, not sent. */
    void stillParked(Callback callback) {
        parked.put(callback.id(), callback);
    }

    /** Tries the parked ones again. */
    void unpark() {
        parked.values().forEach(callback -> ready.add(new Attempt(callback, 0, true)));
        parked.clear();
        sendReady();
    }

    /** How it stands: numbers, and the parked events' ids (at most 100). */
    JsonObject standing() {
        JsonArray shown = new JsonArray();
        parked.keySet().stream().limit(100).forEach(shown::add);
        return new JsonObject()
                .put("told", told)
                .put("open", waiting + ready.size() + inFlight)
                .put("parked", parked.size())
                .put("parked_ids", shown);
    }

    /** Attempts under way are given up: who has not noted them hears of them again. */
    Future<Void> close() {
        closed = true;
        client.close();
        return journal.close();
    }

    private void sendIn(Duration wait, Attempt attempt) {
        waiting++;
        vertx.setTimer(SandboxSettings.millis(wait), due -> {
            waiting--;
            ready.add(attempt);
            sendReady();
        });
    }

    private void sendReady() {
        URI shop = base;
        while (shop != null && !closed && inFlight < settings.retries().maxInFlight()) {
            Attempt next = ready.poll();
            if (next == null) {
                return;
            }
            inFlight++;
            send(shop, next).onComplete(ended -> {
                inFlight--;
                if (closed) {
                    return;
                }
                if (ended.succeeded()) {
                    arrived(next);
                } else {
                    failed(next);
                }
                sendReady();
            });
        }
    }

    private Future<Void> send(URI shop, Attempt attempt) {
        Callback callback = attempt.callback;
        long timestamp = clock.instant().getEpochSecond();
        HttpRequest<Buffer> request;
        try {
            request = switch (callback.protocol()) {
                case STANDARD_WEBHOOKS ->
                    client.postAbs(shop.resolve(path).toString())
                            .putHeader("webhook-id", callback.id())
                            .putHeader("webhook-timestamp", Long.toString(timestamp))
                            .putHeader("webhook-signature", signer.sign(callback.id(), timestamp, callback.body()));
                case STRIPE ->
                    client.postAbs(shop.resolve(StripeFront.CALLBACKS).toString())
                            .putHeader("stripe-signature", stripe.of(timestamp, callback.body()));
            };
        } catch (WebhookSigningException | GeneralSecurityException noHmac) {
            return Future.failedFuture(noHmac);
        }
        return request.timeout(SandboxSettings.millis(settings.retries().timeout()))
                .putHeader("content-type", "application/json")
                .sendBuffer(Buffer.buffer(callback.body()))
                .compose(answer -> answer.statusCode() / 100 == 2
                        ? Future.succeededFuture()
                        : Future.failedFuture("status " + answer.statusCode()));
    }

    private void arrived(Attempt attempt) {
        if (!attempt.first) {
            return;
        }
        told++;
        note(attempt.callback.id(), "told");
        if (settings.faults().strikes(Fault.DUPLICATE, attempt.callback.dice())) {
            sendIn(settings.pace().callbackAfter(), new Attempt(attempt.callback, 0, false));
        }
    }

    private void failed(Attempt attempt) {
        CallbackRetries retries = settings.retries();
        int failures = attempt.failures + 1;
        if (failures < retries.maxTries()) {
            double jitter = settings.faults().dice("jitter " + failures, attempt.callback.dice());
            sendIn(retries.backOff(failures, jitter), new Attempt(attempt.callback, failures, attempt.first));
        } else if (attempt.first) {
            LOG.warn("sandbox callback parked event={} tries={}", attempt.callback.id(), failures);
            parked.put(attempt.callback.id(), attempt.callback);
            note(attempt.callback.id(), "parked");
        }
    }

    private void note(String id, String state) {
        journal.append(new JsonObject().put("event", id).put("state", state))
                .onFailure(failed -> LOG.warn("sandbox callback not noted event={}", id, failed));
    }
}
