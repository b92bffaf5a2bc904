package io.sluice.stewardship.policy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.guard.LawInForce;
import io.sluice.kernel.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Says on one node which version of the law is in force, from moment to moment (clause E2). Versions to come are compiled
 * already; a version takes effect when the database's clock shows its instant, whatever this node's own clock shows.
 *
 * <p>How the two clocks stand is read again and again ({@link #read}); between readings the monotonic clock counts on. As long as
 * it cannot be told whether the instant has come, a few milliseconds, the stricter of both versions holds. If that is not known
 * to within {@link Timetable#MOST_SKEW}, or this node's wall clock is further off than that or has jumped, nothing is granted
 * while the clocks disagree about which version is in force; at all other times they may disagree as they like.
 *
 * <p>A version that nobody here has heard of may be in force as well. So what is announced counts as known for {@link
 * Timetable#KNOWN_FOR} after it was looked up ({@link #isKnownAsOf}), which is less than the time for which a version is there to
 * be found before it takes effect; after that nothing is granted until it has been looked up again.
 *
 * <p>It never goes back: what has taken effect stays superseded only by what follows it.
 */
public final class LawSwitch implements LawInForce, Supplier<Law> {

    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Timer timeToEffect;
    private volatile Timetable timetable;

    /**
     * @param laws as they stand by the reading
     * @param nanoTime monotonic time, the same that the reading was taken by
     */
    public LawSwitch(
            Laws laws, ClockReading reading, InstantSource clock, LongSupplier nanoTime, MeterRegistry meters) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.timetable = new Timetable(reading, laws.inForceAndToCome());
        this.timeToEffect = Timer.builder("sluice.law.time-to-effect")
                .description("from a version's instant to the first question answered by that version alone")
                .register(meters);
        Gauge.builder(
                        "sluice.law.clock.offset",
                        this,
                        law -> seconds(law.timetable.reading().offset()))
                .description("how far the database's clock goes before this node's")
                .register(meters);
        Gauge.builder("sluice.law.clock.uncertainty", this, LawSwitch::uncertainty)
                .description("how exactly the database's clock is known")
                .register(meters);
        Gauge.builder("sluice.law.knowledge.age", this, law -> seconds(law.timetable.age(nanoTime.getAsLong())))
                .description("since when this node has not looked for what is announced")
                .register(meters);
    }

    /** Whatever had been announced when the question behind this reading was sent has been learnt. */
    public synchronized void isKnownAsOf(ClockReading reading) {
        timetable = timetable.asOf(reading);
    }

    @Override
    public Policy at(Instant now, long nowNanos) {
        return law(now, nowNanos).policy();
    }

    /** The law at this moment. */
    @Override
    public Law get() {
        return law(clock.instant(), nanoTime.getAsLong());
    }

    private Law law(Instant now, long nowNanos) {
        Timetable current = timetable;
        return current.isPast(now, nowNanos) ? turned(now, nowNanos).law(now, nowNanos) : current.law(now, nowNanos);
    }

    /** Keeps what has happened by now, so that no later reading undoes it. */
    private synchronized Timetable turned(Instant now, long nowNanos) {
        Timetable current = timetable;
        Timetable next = current.at(now, nowNanos);
        int over = current.laws().size() - next.laws().size();
        for (Law law : current.laws().subList(1, over + 1)) {
            Duration late = Duration.between(
                    law.policy().effectiveAt(), current.reading().at(nowNanos));
            timeToEffect.record(late.isNegative() ? Duration.ZERO : late);
        }
        timetable = next;
        return next;
    }

    @Override
    public List<Policy> known() {
        return timetable.laws().stream().map(Law::policy).toList();
    }

    /** Goes by a new reading of the database's clock, if it is better than the one before. */
    public synchronized void read(ClockReading reading) {
        timetable = timetable.with(timetable.reading().better(reading));
    }

    /** A version is known to have taken effect, on whichever node: none before it is in force here any more. */
    synchronized void hasTakenEffect(String version) {
        List<Law> laws = timetable.laws();
        for (int i = 1; i < laws.size(); i++) {
            if (laws.get(i).version().equals(version)) {
                timetable = timetable.from(i);
            }
        }
    }

    /**
     * The law stands like this now: what is announced may have changed, and so may the text of a draft, also of the one that is in
     * force. What took effect here stays so; if it is not among these at its own instant any more, nothing is granted under it.
     */
    synchronized void learn(Laws laws) {
        Law here = timetable.laws().getFirst();
        Instant since = here.policy().effectiveAt();
        Law inForce = laws.inForceAndToCome().stream()
                .filter(law -> law.version().equals(here.version())
                        && law.policy().effectiveAt().equals(since))
                .findFirst()
                .orElseGet(here::withheld);
        timetable = timetable.with(Stream.concat(
                        Stream.of(inForce),
                        laws.inForceAndToCome().stream()
                                .filter(law -> law.policy().effectiveAt().isAfter(since))
                                .filter(law -> !law.version().equals(here.version())))
                .toList());
    }

    private double uncertainty() {
        return seconds(timetable.reading().uncertainty(nanoTime.getAsLong()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
