package io.sluice.gateway.webhook.adyen;

import io.sluice.gateway.webhook.MinorUnits;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Slot;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code NotificationRequestItem}: the eight fields that are signed, the signature, and nothing else of it.
 *
 * <p>Signed is {@code pspReference:originalReference:merchantAccountCode:merchantReference:value:currency:eventCode:success}, as
 * it stands, and Adyen escapes nothing in it. So a colon is allowed in the merchant's reference alone: else one signature could
 * be told apart into other fields than those that were signed.
 */
final class NotificationItem {

    private static final int MAX_ITEMS = 16;
    private static final int SHA256_BYTES = 32;
    // a report's name stands there too
    private static final Pattern PSP_REFERENCE = Pattern.compile("[^:\\p{Cntrl}]{1,150}");
    private static final Pattern ORIGINAL_REFERENCE = Pattern.compile("[^:\\p{Cntrl}]{0,150}");
    private static final Pattern ACCOUNT = Pattern.compile("[^:\\p{Cntrl}]{1,80}");
    private static final Pattern EVENT_CODE = Pattern.compile("[A-Z0-9_]{1,64}");
    private static final Pattern SUCCESS = Pattern.compile("true|false");

    /** Currencies that Adyen counts otherwise than ISO 4217. */
    private static final MinorUnits UNITS = new MinorUnits(Map.of("CLP", 2, "CVE", 0, "IDR", 0, "ISK", 2));

    private @Nullable String pspReference;
    private @Nullable String originalReference;
    private @Nullable String account;
    private @Nullable String merchantReference;
    private @Nullable Long value;
    private @Nullable String currency;
    private @Nullable String eventCode;
    private @Nullable String success;
    private @Nullable String signature;

    private NotificationItem() {}

    /** All items of a body; empty if it is not as Adyen writes it. */
    static Optional<List<NotificationItem>> read(byte[] body) {
        List<NotificationItem> items = new ArrayList<>(1);
        Slot.Form form = Slot.read(body, (name, value) -> {
            if (name.equals("notificationItems")) {
                value.array(element -> element.object((wrapper, item) -> {
                    if (wrapper.equals("NotificationRequestItem") && items.size() <= MAX_ITEMS) {
                        NotificationItem next = new NotificationItem();
                        items.add(next);
                        item.object(next::member);
                    }
                }));
            }
        });
        boolean isWhole = form == Slot.Form.SOUND
                && !items.isEmpty()
                && items.size() <= MAX_ITEMS
                && items.stream().allMatch(NotificationItem::isWhole);
        return isWhole ? Optional.of(items) : Optional.empty();
    }

    private void member(String name, Slot slot) throws IOException {
        switch (name) {
            case "pspReference" -> pspReference = slot.text(PSP_REFERENCE);
            case "originalReference" -> originalReference = slot.text(ORIGINAL_REFERENCE);
            case "merchantAccountCode" -> account = slot.text(ACCOUNT);
            case "merchantReference" -> merchantReference = slot.text();
            case "amount" -> slot.object(this::amount);
            case "eventCode" -> eventCode = slot.text(EVENT_CODE);
            case "success" -> success = slot.text(SUCCESS);
            case "additionalData" -> slot.object(this::additional);
            default -> {
                // surplus, and not signed
            }
        }
    }

    private void amount(String name, Slot slot) throws IOException {
        switch (name) {
            case "value" -> value = slot.number();
            case "currency" -> currency = slot.text(Slot.CURRENCY);
            default -> {
                // surplus
            }
        }
    }

    private void additional(String name, Slot slot) throws IOException {
        if (name.equals("hmacSignature")) {
            signature = slot.text();
        }
    }

    private boolean isWhole() {
        return pspReference != null && account != null && eventCode != null && success != null;
    }

    /** Why the item is not believed; empty if it is. */
    Optional<WebhookRefusal> doubt(List<WebhookSecret> keys) {
        if (signature == null) {
            return Optional.of(WebhookRefusal.SIGNATURE_MISSING);
        }
        byte[] shown = WebhookSecret.base64(signature);
        if (shown.length != SHA256_BYTES) {
            return Optional.of(WebhookRefusal.SIGNATURE_GARBLED);
        }
        return WebhookSecret.isSigned(keys, List.of(shown), signed().getBytes(StandardCharsets.UTF_8))
                ? Optional.empty()
                : Optional.of(WebhookRefusal.SIGNATURE_WRONG);
    }

    private String signed() {
        return String.join(
                ":",
                orEmpty(pspReference),
                orEmpty(originalReference),
                orEmpty(account),
                orEmpty(merchantReference),
                value == null ? "" : Long.toString(value),
                orEmpty(currency),
                orEmpty(eventCode),
                orEmpty(success));
    }

    private static String orEmpty(@Nullable String field) {
        return Objects.requireNonNullElse(field, "");
    }

    /** What Adyen says once of one payment or modification; sent again, it has the same id. */
    String eventId() {
        return pspReference + "." + eventCode + "." + success;
    }

    Said said() {
        boolean isSuccess = "true".equals(success);
        return switch (orEmpty(eventCode)) {
            case "AUTHORISATION" -> known("authorisation", isSuccess ? "succeeded" : "declined");
            case "EXPIRE" -> isSuccess ? known("authorisation", "expired") : new Said.Unknown();
            // accepted for capture or refund is what Adyen says last of one that succeeds
            case "CAPTURE" -> known("capture", isSuccess ? "succeeded" : "failed");
            case "CAPTURE_FAILED" -> known("capture", "reversed");
            case "CANCELLATION", "TECHNICAL_CANCEL" -> known("void", isSuccess ? "succeeded" : "failed");
            case "REFUND" -> known("refund", isSuccess ? "succeeded" : "failed");
            case "REFUND_FAILED", "REFUNDED_REVERSED" -> known("refund", "reversed");
            case "NOTIFICATION_OF_CHARGEBACK" -> known("chargeback", "announced");
            case "CHARGEBACK" -> known("chargeback", "opened");
            // the money is taken once more, after it had been given back
            case "SECOND_CHARGEBACK" -> known("chargeback", "opened", pspReference + ".second");
            case "CHARGEBACK_REVERSED", "PREARBITRATION_WON" -> known("chargeback", "won");
            case "PREARBITRATION_LOST" -> known("chargeback", "lost");
            // among them CANCEL_OR_REFUND: which of the two it was is not signed
            default -> new Said.Unknown();
        };
    }

    private Said known(String kind, String word) {
        return known(kind, word, pspReference);
    }

    private Said known(String kind, String word, @Nullable String about) {
        // an amount that is not ours to tell is left out, and a success without one moves nothing: were the callback
        // refused,
        // all that waits behind it in Adyen's queue would wait with it
        Long standard = value == null || currency == null ? null : UNITS.standard(value, currency);
        return new Said.Known(
                new Said.Slots(kind + "." + word, operation(kind), about, word, standard, currency, null, null));
    }

    /**
     * Our operation, if the merchant's reference names one of that kind. A modification that somebody made by hand has the
     * payment's reference, and must not pass for the payment.
     */
    private @Nullable UUID operation(String kind) {
        String named = orEmpty(merchantReference);
        return switch (kind) {
            case "authorisation", "chargeback" -> Slot.id(named);
            default -> named.startsWith(kind + ".") ? Slot.id(named.substring(kind.length() + 1)) : null;
        };
    }
}
