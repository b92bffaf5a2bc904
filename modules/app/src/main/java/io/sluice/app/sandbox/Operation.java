package io.sluice.app.sandbox;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that the provider did, or would not do, with somebody's money.
 *
 * @param key the idempotency key that it was asked under; of a dispute the one of its capture
 * @param reference the shop's word for it
 * @param of the authorisation that is captured or voided, the capture that is refunded or disputed; null for an authorisation
 * @param method an authorisation's payment method; null otherwise
 * @param isFinal whether a capture releases what it leaves
 * @param declineCode why not, if not
 * @param challenge the id of the bank's question, if it asked one
 * @param metadata what was noted with it, if it was asked for in Stripe's way; null if in our own
 */
record Operation(
        String id,
        Kind kind,
        Status status,
        long amount,
        String currency,
        String reference,
        String key,
        @Nullable String of,
        @Nullable String method,
        boolean isFinal,
        @Nullable String declineCode,
        @Nullable String challenge,
        @Nullable Map<String, String> metadata) {

    Operation {
        metadata = metadata == null ? null : Map.copyOf(metadata);
    }

    /** Asked for in our own way. */
    Operation(
            String id,
            Kind kind,
            Status status,
            long amount,
            String currency,
            String reference,
            String key,
            @Nullable String of,
            @Nullable String method,
            boolean isFinal,
            @Nullable String declineCode,
            @Nullable String challenge) {
        this(id, kind, status, amount, currency, reference, key, of, method, isFinal, declineCode, challenge, null);
    }

    enum Kind {
        AUTHORISATION,
        CAPTURE,
        VOID,
        REFUND,
        CHARGEBACK;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Status {
        SUCCEEDED,
        DECLINED,
        REQUIRES_ACTION,
        FAILED,
        /** An authorisation that nobody used in time. */
        EXPIRED,
        /** A capture or a refund that failed after it had succeeded. */
        REVERSED,
        /** A dispute in which the bank has taken the money. */
        OPENED,
        /** A dispute in which the bank has given it back. */
        WON,
        /** A dispute in which it stays with the bank. */
        LOST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean succeeded() {
        return status == Status.SUCCEEDED;
    }

    Operation ended(Status end, @Nullable String code) {
        return new Operation(
                id, kind, end, amount, currency, reference, key, of, method, isFinal, code, challenge, metadata);
    }

    /** The same, as somebody asked for it in Stripe's way; null leaves it in our own. */
    Operation noting(@Nullable Map<String, String> notes) {
        return new Operation(
                id, kind, status, amount, currency, reference, key, of, method, isFinal, declineCode, challenge, notes);
    }

    /** The book's word for what happened. */
    String effect() {
        return switch (kind) {
            case AUTHORISATION ->
                switch (status) {
                    case SUCCEEDED -> "authorised";
                    case REQUIRES_ACTION -> "challenged";
                    case EXPIRED -> "authorisation_expired";
                    default -> "declined";
                };
            case CAPTURE -> effect("captured", "capture_failed", "capture_reversed");
            case VOID -> effect("voided", "void_failed", "void_failed");
            case REFUND -> effect("refunded", "refund_failed", "refund_reversed");
            case CHARGEBACK ->
                switch (status) {
                    case WON -> "chargeback_won";
                    case LOST -> "chargeback_lost";
                    default -> "charged_back";
                };
        };
    }

    private String effect(String done, String failed, String undone) {
        return succeeded() ? done : status == Status.REVERSED ? undone : failed;
    }

    /** As the shop is told; {@code challenges} is where the bank's pages are. */
    JsonObject told(String challenges) {
        JsonObject told = new JsonObject()
                .put("id", id)
                .put("kind", kind.word())
                .put("status", status.word())
                .put("amount", amount)
                .put("currency", currency)
                .put("reference", reference)
                .put("idempotency_key", key);
        if (declineCode != null) {
            told.put("decline_code", declineCode);
        }
        if (status == Status.REQUIRES_ACTION) {
            told.put("next_action", new JsonObject().put("type", "redirect").put("url", challenges + challenge));
        }
        return told;
    }

    /** As the book has it. */
    JsonObject noted() {
        JsonObject line = new JsonObject()
                .put("effect", effect())
                .put("id", id)
                .put("kind", kind.word())
                .put("status", status.word())
                .put("amount", amount)
                .put("currency", currency)
                .put("reference", reference)
                .put("idempotency_key", key);
        putIfThere(line, "of", of);
        putIfThere(line, "method", method);
        putIfThere(line, "decline_code", declineCode);
        putIfThere(line, "challenge", challenge);
        if (metadata != null) {
            line.put("metadata", new JsonObject(new TreeMap<>(metadata)));
        }
        return isFinal ? line.put("final", true) : line;
    }

    private static void putIfThere(JsonObject line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    /** Reads a line of the book; throws if it is none of this version's. */
    static Operation read(JsonObject line) {
        return new Operation(
                line.getString("id"),
                Kind.valueOf(line.getString("kind").toUpperCase(Locale.ROOT)),
                Status.valueOf(line.getString("status").toUpperCase(Locale.ROOT)),
                line.getLong("amount"),
                line.getString("currency").intern(),
                line.getString("reference"),
                line.getString("idempotency_key"),
                line.getString("of"),
                line.getString("method"),
                line.getBoolean("final", false),
                line.getString("decline_code"),
                line.getString("challenge"),
                metadata(line));
    }

    /** What a line says was noted; null if it was not asked for in Stripe's way. */
    static @Nullable Map<String, String> metadata(JsonObject line) {
        JsonObject notes = line.getJsonObject("metadata");
        if (notes == null) {
            return null;
        }
        Map<String, String> metadata = new TreeMap<>();
        notes.fieldNames().forEach(name -> metadata.put(name, notes.getString(name)));
        return metadata;
    }
}
