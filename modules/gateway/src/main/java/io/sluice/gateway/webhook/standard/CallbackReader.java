package io.sluice.gateway.webhook.standard;

import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Slot;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a callback's catalogued slots as a stream, {@code {"type": …, "data": {…}}}, and skips everything else without
 * making a value of it. What rests in clear is held to its form: kinds, statuses and reasons are words of lists.
 */
final class CallbackReader {

    private final Channel channel;

    CallbackReader(Channel channel) {
        this.channel = channel;
    }

    Said read(byte[] body) {
        Reading reading = new Reading();
        Slot.Form form = Slot.read(body, reading::envelope);
        String kind = reading.kind;
        if (form == Slot.Form.NO_OBJECT || kind == null) {
            return new Said.Malformed();
        }
        if (!Slot.CODE.matcher(kind).matches() || !channel.takes(kind)) {
            return new Said.Unknown();
        }
        return new Said.Known(reading.slots(kind)).in(form);
    }

    /** One callback while it is being read. */
    private static final class Reading {
        private @Nullable String kind;
        private @Nullable UUID operationId;
        private @Nullable String reference;
        private @Nullable String status;
        private @Nullable Long amount;
        private @Nullable String currency;
        private @Nullable String trackingNumber;
        private @Nullable String reason;

        void envelope(String name, Slot value) throws IOException {
            if (name.equals("type")) {
                kind = value.text();
            } else if (name.equals("data")) {
                value.object(this::data);
            }
        }

        private void data(String name, Slot value) throws IOException {
            switch (name) {
                case "idempotency_key" -> operationId = value.id();
                case "id" -> reference = value.text();
                case "status" -> status = value.text(Slot.CODE);
                case "amount" -> amount = value.number();
                case "currency" -> currency = value.text(Slot.CURRENCY);
                case "tracking_number" -> trackingNumber = value.text();
                case "decline_code" -> reason = value.code();
                default -> {
                    // surplus
                }
            }
        }

        Said.Slots slots(String kind) {
            return new Said.Slots(kind, operationId, reference, status, amount, currency, trackingNumber, reason);
        }
    }
}
