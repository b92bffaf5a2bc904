package io.sluice.stewardship.policy;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's law up with the database: reads its clock, takes in versions that another node has laid before the shop, and
 * notes which have taken effect. If the database is away, or what is there cannot be taken in, it goes by what it read last for
 * {@link Timetable#KNOWN_FOR}, and grants nothing from then on.
 */
public final class LawVerticle extends VerticleBase implements Supplier<List<PublishedLaw>> {

    /** How often the database is asked. */
    public static final Duration EVERY = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(LawVerticle.class);

    private final LawArchive archive;
    private final LawSwitch law;
    private final Function<List<PublishedLaw>, Laws> reading;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final MeterRegistry meters;
    /** The rows of the archive that the law as it is known here was made of. */
    private Set<String> takenIn = Set.of();

    private volatile List<PublishedLaw> published;
    private boolean isStopped;

    /**
     * @param published the archive as it was when the switch was made
     * @param reading makes law of an archive, as far as this node can
     */
    public LawVerticle(
            LawArchive archive,
            LawSwitch law,
            List<PublishedLaw> published,
            Function<List<PublishedLaw>, Laws> reading,
            InstantSource clock,
            LongSupplier nanoTime,
            MeterRegistry meters) {
        this.archive = archive;
        this.law = law;
        this.published = List.copyOf(published);
        this.reading = reading;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.meters = meters;
    }

    /** Every version that ever was, the oldest first. */
    @Override
    public List<PublishedLaw> get() {
        return published;
    }

    @Override
    public Future<?> start() {
        return archive.note(published).onSuccess(noted -> again());
    }

    @Override
    public Future<?> stop() {
        isStopped = true;
        return Future.succeededFuture();
    }

    private void again() {
        if (!isStopped) {
            vertx.timer(EVERY.toMillis(), TimeUnit.MILLISECONDS)
                    .compose(due -> look())
                    .onFailure(cause -> {
                        meters.counter("sluice.law.looks.failed").increment();
                        LOG.warn("law not looked up cause={}", cause.getClass().getSimpleName());
                    })
                    .onComplete(looked -> again());
        }
    }

    private Future<Void> look() {
        return archive.state(clock, nanoTime).compose(state -> {
            // before the clock: if that was set back, what took effect stays so also for whoever decides in between
            heed(state);
            law.read(state.clock());
            return (state.rows().equals(takenIn) ? Future.<Void>succeededFuture() : learn(state))
                    // not before: what is there and could not be taken in is not known
                    .onSuccess(known -> law.isKnownAsOf(state.clock()))
                    .compose(known -> noted(state));
        });
    }

    private void heed(LawArchive.State state) {
        state.inEffect().forEach(law::hasTakenEffect);
    }

    private Future<Void> noted(LawArchive.State state) {
        return state.inEffect().contains(law.get().shownVersion()) ? Future.succeededFuture() : archive.note(published);
    }

    private Future<Void> learn(LawArchive.State state) {
        return archive.versions()
                .compose(versions -> vertx.executeBlocking(() -> reading.apply(versions))
                        .map(laws -> {
                            law.learn(laws);
                            heed(state);
                            published = versions;
                            takenIn = state.rows();
                            LOG.info("law learnt versions={}", law.known().size());
                            return null;
                        }));
    }
}
