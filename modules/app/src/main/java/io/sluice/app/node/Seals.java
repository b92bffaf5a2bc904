package io.sluice.app.node;

import io.sluice.app.config.LedgerConfig;
import io.sluice.gateway.ledger.WebhookSink;
import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.ledger.log.CourierVerticle;
import io.sluice.ledger.log.FileSink;
import io.sluice.ledger.log.HeadNotices;
import io.sluice.ledger.log.NoticeSource;
import io.sluice.ledger.log.SecondSink;
import io.sluice.ledger.log.SequencerVerticle;
import io.sluice.stewardship.restore.Restrictions;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What seals the ledger on a worker, and brings its heads elsewhere. */
final class Seals {

    private static final Logger log = LoggerFactory.getLogger(Seals.class);

    private final Foundations on;
    private final Stores stores;
    private final LedgerConfig config;

    Seals(Foundations on, Stores stores) {
        this.on = on;
        this.stores = stores;
        this.config = on.config().ledger();
    }

    void deploy() {
        List<SecondSink> sinks = sinks();
        SequencerVerticle sequencer = new SequencerVerticle(
                stores.data(),
                HeadSigning.by(stores.keystore()),
                stores.node(),
                config.sealEvery(),
                sinks,
                config.secondSink().timeout(),
                on.clock(),
                on.meters());
        on.deploy("the ledger's sequencer", sequencer);
        if (sinks.isEmpty()) {
            log.atWarn().log("signed heads are kept nowhere else: set ledger.second_sink");
        }
        for (SecondSink sink : sinks) {
            deploy(sink, "heads", new HeadNotices(stores.data()), sequencer);
            deploy(sink, "restrictions", new RestrictionNotices(new Restrictions(stores.data())), sequencer);
        }
    }

    private void deploy(SecondSink sink, String what, NoticeSource source, SequencerVerticle sequencer) {
        on.deploy(
                "second sink (" + sink.name() + ", " + what + ")",
                new CourierVerticle(
                        stores.data(),
                        source,
                        sink,
                        sequencer::isAtWork,
                        config.secondSink().timeout(),
                        on.clock(),
                        on.meters()));
    }

    private List<SecondSink> sinks() {
        List<SecondSink> sinks = new ArrayList<>();
        config.secondSink().url().ifPresent(url -> {
            WebhookSink webhook = new WebhookSink(
                    on.vertx(),
                    url,
                    WebhookSecret.of(config.secondSink().secret().orElseThrow().reveal()),
                    config.secondSink().timeout(),
                    on.clock());
            on.stages().endBy("calls to the second sink", () -> {
                webhook.close();
                return Future.succeededFuture();
            });
            sinks.add(webhook);
        });
        KeptElsewhere.file(on.config()).ifPresent(file -> sinks.add(new FileSink(on.vertx(), file)));
        return sinks;
    }
}
