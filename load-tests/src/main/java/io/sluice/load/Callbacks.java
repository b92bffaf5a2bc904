package io.sluice.load;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Genuine callbacks of the sandbox's payment provider: each an event of its own, about an authorisation that the node asked for. */
final class Callbacks {

    /** By which the events of one run are found in the node's inbox. */
    static final String MARK = "evt_bench_";

    private final Webhook signer;
    private final List<String> operations;
    private long made;

    /** @param operations ids of authorisations, told of in turn */
    Callbacks(Path dataDir, List<String> operations) throws IOException {
        String secret = Files.readString(dataDir.resolve("secrets").resolve("payments.sandbox.webhook_secret"))
                .strip();
        if (operations.isEmpty()) {
            throw new BenchFailed("there is no authorisation to tell of");
        }
        try {
            this.signer = new Webhook(secret);
        } catch (EmptyWebhookSecretException e) {
            throw new BenchFailed("the sandbox has no secret", e);
        }
        this.operations = List.copyOf(operations);
    }

    /** A body and the headers that make it genuine now. */
    record Signed(Buffer body, Map<String, String> headers) {}

    Signed next() {
        long number = made++;
        String body = "{\"type\":\"authorisation.succeeded\",\"data\":{\"idempotency_key\":\""
                + operations.get((int) (number % operations.size())) + "\",\"id\":\"op_" + number
                + "\",\"status\":\"succeeded\"}}";
        String id = MARK + number;
        long now = Instant.now().getEpochSecond();
        try {
            return new Signed(
                    Buffer.buffer(body),
                    Map.of(
                            "content-type",
                            "application/json",
                            "webhook-id",
                            id,
                            "webhook-timestamp",
                            Long.toString(now),
                            "webhook-signature",
                            signer.sign(id, now, body)));
        } catch (WebhookSigningException e) {
            throw new BenchFailed("a callback cannot be signed", e);
        }
    }
}
