package io.sluice.gateway.webhook;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one partner calls back: whether a callback is theirs, and what it says. Whatever a callback holds, the answer is a
 * verdict and never an exception. Implementations are safe for many threads and keep nothing between callbacks.
 *
 * <p>Believing and reading are one step, since some partners sign within the body, and some name their event there.
 */
public interface CallbackProtocol {

    Verdict judge(Arrival arrival);

    /** What a partner waits to read in the answer to a callback that was taken. */
    default String acknowledgement() {
        return "";
    }

    /**
     * A callback as it came, by POST.
     *
     * @param path of the request, without its query
     * @param body the raw bytes
     */
    record Arrival(String path, MultiMap headers, Buffer body) {

        /** The only value of a header of that name; null if there is none, another, or a longer one. */
        public @Nullable String only(String header, int maxLength) {
            List<String> values = headers.getAll(header);
            return values.size() == 1 && values.getFirst().length() <= maxLength ? values.getFirst() : null;
        }

        public boolean has(String header) {
            return headers.contains(header);
        }
    }

    /** What is thought of a callback. */
    sealed interface Verdict {

        /** It is the partner's, and of now as far as the protocol can tell. */
        record Genuine(List<Event> events) implements Verdict {
            public Genuine {
                events = List.copyOf(events);
            }
        }

        /** It is not to be believed, or not to be understood. */
        record Doubtful(WebhookRefusal why) implements Verdict {}

        /** The verdict on a genuine callback about a single event. */
        static Verdict of(String eventId, Said said) {
            return said instanceof Said.Malformed
                    ? new Doubtful(WebhookRefusal.MALFORMED)
                    : new Genuine(List.of(new Event(eventId, said)));
        }
    }

    /** @param id the partner's id of the event, the same whenever it is sent again */
    record Event(String id, Said said) {}
}
