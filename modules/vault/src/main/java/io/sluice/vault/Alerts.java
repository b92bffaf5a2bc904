package io.sluice.vault;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What somebody has to look at: counted, and logged as an error. Says what and why, never whose. */
final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** What happened. */
    enum Alert {
        /** A ciphertext or a wrapped key is not what was made for its place, or somebody asked beyond the permit. */
        NOT_OPENED,
        /** A person is at home in a region for which this node has no key store: its configuration lacks one. */
        NO_STORE,
        /** A living key cannot be wrapped under the next epoch: its epoch is kept, and with it every later one. */
        NOT_REWRAPPED,
        /** An epoch is past its time, and its key exists still. */
        NOT_DESTROYED,
        /** A hold is over, and its key could not be shredded; it is tried again. */
        HOLD_NOT_ENDED,
        /** Upkeep of the keys failed; it is tried again. */
        UPKEEP_FAILED
    }

    private final MeterRegistry meters;

    Alerts(MeterRegistry meters) {
        this.meters = meters;
    }

    /** @param where a contract's address, a region or an epoch; nothing of a person */
    void raise(Alert alert, String reason, String where) {
        meters.counter("sluice.vault.alerts", "alert", alert.name(), "reason", reason)
                .increment();
        LOG.error("vault alert alert={} reason={} where={}", alert, reason, where);
    }
}
