package io.sluice.stewardship.deadline;

import io.sluice.stewardship.policy.ClockRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * By when something a person asked for is done, and what follows from a pause or an extension: neither ever makes it earlier. As long
 * as it is not known whose clock runs, all that may be run at once, and the one that ends first rules, after a pause or an extension
 * perhaps another one than before.
 */
public final class Deadline {

    // how early a shop warns itself is no place's law and no person's right, so it is no word of the law;
    // a share of the time fits a week as well as three months
    private static final int WARNED_IN_THE_LAST = 4;

    private final List<Term> terms;
    private final Instant start;
    private final List<Pause> pauses;
    private final boolean isExtended;
    private final Optional<Fallback> fallback;
    private final Ending first;

    private Deadline(
            List<Term> terms, Instant start, List<Pause> pauses, boolean isExtended, Optional<Fallback> fallback) {
        this.terms = List.copyOf(terms);
        this.start = start;
        this.pauses = List.copyOf(pauses);
        this.isExtended = isExtended;
        this.fallback = fallback;
        this.first = terms.stream()
                .map(term -> new Ending(term.end(start, pauses, isExtended), term))
                .min(Ending.STRICTEST)
                .orElseThrow();
    }

    static Deadline of(Term term, Instant start) {
        return new Deadline(List.of(term), start, List.of(), false, Optional.empty());
    }

    static Deadline strictest(List<Term> terms, Instant start, Fallback why) {
        return new Deadline(terms, start, List.of(), false, Optional.of(why));
    }

    /** A time during which the clock stood still, where the rule lets it. */
    record Pause(Instant from, Instant until) {}

    private record Ending(Instant at, Term term) {

        /** Of those that end alike, one that cannot be put off. */
        static final Comparator<Ending> STRICTEST = Comparator.comparing(Ending::at)
                .thenComparing(ending -> ending.term.rule().extension().isPresent())
                .thenComparing(ending -> ending.term.rule().pausesForIdentity())
                .thenComparing(ending -> ending.term.jurisdiction());
    }

    /** The first moment at which it is too late: what is done before it is in time. */
    public Instant due() {
        return first.at();
    }

    /** When somebody has to be told that it may become too late: a quarter of the time that the clock runs is left then. */
    public Instant escalateAt() {
        Duration running = Duration.between(start, due());
        if (rule().pausesForIdentity()) {
            for (Pause pause : pauses) {
                running = running.minus(Duration.between(pause.from(), pause.until()));
            }
        }
        return due().minus(running.dividedBy(WARNED_IN_THE_LAST));
    }

    /** The name in the law of the place whose clock it is. */
    public String jurisdiction() {
        return first.term().jurisdiction();
    }

    /** The rule that it follows, with the provision that says so. */
    public ClockRule rule() {
        return first.term().rule();
    }

    public boolean isExtended() {
        return isExtended;
    }

    /** Why it is stricter than the law of the place may be; empty if it is that law. */
    public Optional<Fallback> fallback() {
        return fallback;
    }

    /**
     * The same, after the person was asked who they are from one moment until another. Each day that began meanwhile is given back.
     * Where the rule knows no such pause, it is due as before.
     *
     * @throws IllegalArgumentException if the pause ends before it begins, or begins before the start, before the end of the one
     *     before, or when it is too late already
     */
    public Deadline paused(Instant from, Instant until) {
        Instant earliest = pauses.isEmpty() ? start : pauses.getLast().until();
        if (until.isBefore(from) || from.isBefore(earliest) || !from.isBefore(due())) {
            throw new IllegalArgumentException(
                    "a pause from " + from + " until " + until + " is none between " + earliest + " and " + due());
        }
        List<Pause> all = new ArrayList<>(pauses);
        all.add(new Pause(from, until));
        return new Deadline(terms, start, all, isExtended, fallback);
    }

    /** Whether it may be put off at this moment: once, in time, and where the rule says by how much. */
    public boolean isExtensible(Instant at) {
        return !isExtended && at.isBefore(due()) && rule().extension().isPresent();
    }

    /**
     * The same, put off by as much as the rule allows. The person must have been told by then, and why.
     *
     * @param at when they were told
     * @throws IllegalStateException if it is not {@linkplain #isExtensible extensible} then
     */
    public Deadline extended(Instant at) {
        if (!isExtensible(at)) {
            throw new IllegalStateException("cannot be extended at " + at + ": due at " + due()
                    + (isExtended ? ", extended before" : "") + ", by " + rule().source());
        }
        return new Deadline(terms, start, pauses, true, fallback);
    }

    @Override
    public String toString() {
        return "due " + due() + " by " + rule().source() + " (" + jurisdiction() + ")"
                + (isExtended ? ", extended" : "")
                + fallback.map(why -> ", " + why).orElse("");
    }
}
