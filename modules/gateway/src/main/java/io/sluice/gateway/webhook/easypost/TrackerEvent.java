package io.sluice.gateway.webhook.easypost;

import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Slot;
import io.sluice.gateway.webhook.WebhookRefusal;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event of EasyPost's while it is being read: of the tracker within, how the parcel stands and what it goes by. Where it has
 * been, and who signed for it, is not read.
 */
final class TrackerEvent {

    private static final Pattern EVENT_ID = Pattern.compile("evt_[A-Za-z0-9_]{1,250}");

    private @Nullable String id;
    private @Nullable String object;
    private @Nullable String description;
    private @Nullable String trackerId;
    private @Nullable String shipmentId;
    private @Nullable String trackingCode;
    private @Nullable String status;
    private @Nullable String statusDetail;
    private boolean isReturn;

    private TrackerEvent() {}

    static Verdict read(byte[] body) {
        TrackerEvent event = new TrackerEvent();
        Slot.Form form = Slot.read(body, event::envelope);
        String id = event.id;
        if (form == Slot.Form.NO_OBJECT || !"Event".equals(event.object) || id == null || event.description == null) {
            return new Verdict.Doubtful(WebhookRefusal.MALFORMED);
        }
        return Verdict.of(id, event.said(event.description).in(form));
    }

    private void envelope(String name, Slot value) throws IOException {
        switch (name) {
            case "id" -> id = value.text(EVENT_ID);
            case "object" -> object = value.text();
            case "description" -> description = value.text();
            case "result" -> value.object(this::tracker);
            default -> {
                // surplus
            }
        }
    }

    private void tracker(String name, Slot value) throws IOException {
        switch (name) {
            case "id" -> trackerId = value.text();
            case "shipment_id" -> shipmentId = value.text();
            case "tracking_code" -> trackingCode = value.text();
            case "status" -> status = value.text(Slot.CODE);
            case "status_detail" -> statusDetail = value.code();
            case "is_return" -> isReturn = value.isTrue();
            default -> {
                // surplus
            }
        }
    }

    private Said said(String happened) {
        boolean isOfTracker = happened.equals("tracker.created") || happened.equals("tracker.updated");
        // a return's tracker tells of another parcel on its way to us: delivered there is not delivered to the buyer
        if (!isOfTracker || isReturn) {
            return new Said.Unknown();
        }
        String word = status == null ? null : word(status);
        boolean isExplained = "exception".equals(word) || "returning".equals(word) || "cancelled".equals(word);
        return new Said.Known(new Said.Slots(
                "shipment." + (word == null ? "unknown" : word),
                // a tracker has no room for an id of ours: the parcel is found by its tracking number
                null,
                shipmentId == null ? trackerId : shipmentId,
                word,
                null,
                null,
                trackingCode,
                isExplained ? statusDetail : null));
    }

    /** Commerce's word; null for {@code unknown}, and for what EasyPost may say one day. */
    private static @Nullable String word(String status) {
        return switch (status) {
            case "pre_transit" -> "accepted";
            case "in_transit" -> "in_transit";
            // the last stage before the buyer has it
            case "out_for_delivery", "available_for_pickup" -> "out_for_delivery";
            case "delivered" -> "delivered";
            case "return_to_sender" -> "returning";
            case "failure", "error" -> "exception";
            case "cancelled" -> "cancelled";
            default -> null;
        };
    }
}
