package io.sluice.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the ledger of uses is sealed.
 *
 * @param sealEvery how long a leaf may be durable before a signed head covers it, when all is well
 * @param receiptPatience how long a receipt waits for leaves to be sealed
 */
public record LedgerConfig(Duration sealEvery, Duration receiptPatience, SecondSink secondSink) {

    private static final Duration LONGEST_REST = Duration.ofSeconds(2);

    /**
     * Where signed heads are kept out of reach of whoever can rewrite the database.
     *
     * @param file on a disk of elsewhere; in development under the data directory if there is nothing else
     * @param url of a webhook
     * @param secret that its calls are signed with; there if the address is
     * @param timeout how long one delivery may take
     */
    public record SecondSink(Optional<Path> file, Optional<URI> url, Optional<Secret> secret, Duration timeout) {

        public SecondSink {
            Values.positive("ledger.second_sink.timeout", timeout);
        }

        static SecondSink read(Section section) {
            Optional<URI> url = section.uri("url");
            url.ifPresent(given -> {
                if (!"https".equals(given.getScheme()) && !Loopback.is(given.getHost())) {
                    section.problem("url", "must be https: its host is not this machine");
                }
            });
            Optional<Secret> secret = section.secret("secret");
            if (url.isPresent() && secret.isEmpty()) {
                section.missing("secret", "the webhook's receiver has to know that it is us");
            }
            if (secret.isPresent() && !WebhookKey.STANDARD.fits(secret.get())) {
                section.problem("secret", "must be " + WebhookKey.STANDARD.wanted());
            }
            return new SecondSink(
                    section.path("file"), url, secret, section.duration("timeout", Duration.ofSeconds(5)));
        }
    }

    public LedgerConfig {
        Values.positive("ledger.seal_every", sealEvery);
        Values.positive("ledger.receipt_patience", receiptPatience);
        if (sealEvery.compareTo(LONGEST_REST) > 0) {
            throw new IllegalArgumentException(
                    "ledger.seal_every must not exceed 2s: so late a use may be proved at most");
        }
    }

    static LedgerConfig read(Section section) {
        return new LedgerConfig(
                section.duration("seal_every", Duration.ofSeconds(1)),
                section.duration("receipt_patience", Duration.ofSeconds(5)),
                SecondSink.read(section.at("second_sink")));
    }
}
