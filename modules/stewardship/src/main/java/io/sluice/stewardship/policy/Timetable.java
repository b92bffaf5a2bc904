package io.sluice.stewardship.policy;

import io.sluice.kernel.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When which version of the law is in force, by one reading of the database's clock: the version in force, those that follow, and
 * each turn from one to the next as this node's own clocks will see it. Immutable; asking it allocates nothing.
 */
final class Timetable {

    /** Beyond this nobody says which of two clocks is right, and around a turn nothing is decided. */
    static final Duration MOST_SKEW = Duration.ofSeconds(5);

    /**
     * For how long what is announced counts as known. Less than {@link LawArchive#NOTICE}: whoever has looked within this time
     * knows of every version that can have taken effect.
     */
    static final Duration KNOWN_FOR = Duration.ofSeconds(10);

    /** Wall clock and monotonic clock run apart by less, unless one of them jumped. */
    private static final long ALIKE_MILLIS = 500;

    private static final long ROUNDING_MILLIS = 2;

    private final ClockReading reading;
    private final ClockReading asOf;
    private final long askedMillis;
    private final List<Law> laws;
    private final int reached;
    private final boolean isSkewed;
    private final long offsetMillis;
    private final long slackMillis;
    private final long[] earliest;
    private final long[] latest;
    private final long[] millis;
    private final Law[] alone;
    private final Law[] both;
    private final Law[] untimed;
    private final Law[] perhapsSuperseded;

    /**
     * @param reading taken before it was asked what is announced
     * @param laws the version in force first
     */
    Timetable(ClockReading reading, List<Law> laws) {
        this(reading, reading, laws, 0);
    }

    private Timetable(ClockReading reading, ClockReading asOf, List<Law> laws, int reached) {
        this.reading = reading;
        this.asOf = asOf;
        this.askedMillis = asOf.asked().toEpochMilli();
        this.laws = List.copyOf(laws);
        this.reached = reached;
        this.isSkewed = reading.offset().abs().compareTo(MOST_SKEW) > 0;
        this.offsetMillis = reading.offset().toMillis();
        this.slackMillis = reading.uncertainty(reading.receivedNanos()).toMillis() + ROUNDING_MILLIS;
        int turns = laws.size() - 1;
        this.earliest = new long[turns];
        this.latest = new long[turns];
        this.millis = new long[turns];
        this.alone = laws.toArray(Law[]::new);
        this.both = new Law[turns];
        this.untimed = new Law[turns];
        this.perhapsSuperseded = laws.stream().map(Law::withheld).toArray(Law[]::new);
        for (int i = 0; i < turns; i++) {
            Instant turn = laws.get(i + 1).policy().effectiveAt();
            earliest[i] = reading.earliest(turn);
            latest[i] = reading.latest(turn);
            millis[i] = turn.toEpochMilli();
            Turn next = new Turn(turn, earliest[i]);
            alone[i] = alone[i].until(next);
            both[i] = StricterLaw.of(laws.get(i), laws.get(i + 1), true);
            if (i > 0) {
                both[i - 1] = both[i - 1].until(next);
            }
            untimed[i] = StricterLaw.of(laws.get(i), laws.get(i + 1), false);
        }
    }

    ClockReading reading() {
        return reading;
    }

    List<Law> laws() {
        return laws;
    }

    /** Whether nothing is announced. */
    private boolean isSettled() {
        return earliest.length == 0;
    }

    /**
     * Whether every version that may be in force by now is in here: it has been looked for not long ago. A monotonic clock
     * stands still while the machine sleeps, a wall clock may be set back: the further of both counts.
     */
    private boolean isKnown(long nowMillis, long nowNanos) {
        return nowNanos - asOf.sentNanos() <= KNOWN_FOR.toNanos() && nowMillis - askedMillis <= KNOWN_FOR.toMillis();
    }

    /** How old the knowledge of what is announced is. */
    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - asOf.sentNanos());
    }

    /** The index of the last version that has certainly taken effect. */
    int certain(long nowNanos) {
        int certain = 0;
        while (certain < latest.length && nowNanos - latest[certain] >= 0) {
            certain++;
        }
        return certain;
    }

    /** The index of the last version that may have taken effect. Where it once was, it stays, though the clock be set back. */
    int possible(long nowNanos) {
        int possible = 0;
        while (possible < earliest.length && nowNanos - earliest[possible] >= 0) {
            possible++;
        }
        return Math.max(possible, reached);
    }

    /** Whether something that happened by now is to be kept: a version that took effect, or may have. */
    boolean isPast(Instant now, long nowNanos) {
        return over(now, nowNanos) > 0 || possible(nowNanos) > reached;
    }

    /** The same, without the versions that are over. */
    Timetable at(Instant now, long nowNanos) {
        int over = over(now, nowNanos);
        return new Timetable(reading, asOf, laws.subList(over, laws.size()), possible(nowNanos) - over);
    }

    /** How many versions nobody has to look at any more: also not for the sake of a wall clock that is far off. */
    private int over(Instant now, long nowNanos) {
        int certain = certain(nowNanos);
        return isSkewed ? Math.min(certain, turnedBy(now.toEpochMilli())) : certain;
    }

    Timetable from(int index) {
        return new Timetable(reading, asOf, laws.subList(index, laws.size()), Math.max(0, reached - index));
    }

    Timetable with(ClockReading next) {
        return new Timetable(next, asOf, laws, reached);
    }

    Timetable with(List<Law> others) {
        return new Timetable(reading, asOf, others, Math.min(reached, others.size() - 1));
    }

    /** The same, known to be all that was announced when the question behind that reading was sent. */
    Timetable asOf(ClockReading asked) {
        return new Timetable(reading, asked, laws, reached);
    }

    /** What holds at a moment. */
    Law law(Instant now, long nowNanos) {
        long nowMillis = now.toEpochMilli();
        boolean isKnown = isKnown(nowMillis, nowNanos);
        if (isSettled()) {
            return at(0, isKnown);
        }
        int certain = certain(nowNanos);
        int possible = Math.max(possible(nowNanos), possibleByWallClock(nowMillis));
        if (isSkewed && isOutside(turnedBy(nowMillis), certain, possible)) {
            return untimed[Math.min(turnedBy(nowMillis), certain)];
        }
        if (certain == possible) {
            return at(certain, isKnown);
        }
        boolean isTimed = possible == certain + 1
                && latest[certain] - earliest[certain] <= 2 * MOST_SKEW.toNanos()
                && !hasJumped(nowMillis, nowNanos);
        return isTimed && isKnown ? both[certain] : untimed[certain];
    }

    private Law at(int index, boolean isKnown) {
        return isKnown ? alone[index] : perhapsSuperseded[index];
    }

    /** The monotonic clock stands still while the machine sleeps, the wall clock does not: the further of both counts. */
    private int possibleByWallClock(long nowMillis) {
        long age = Math.max(0, nowMillis - reading.wall().toEpochMilli());
        return turnedBy(nowMillis + offsetMillis + slackMillis + age / 1000);
    }

    /** Whether the wall clock went ahead of the monotonic clock: the machine has slept, or the wall clock was set. */
    private boolean hasJumped(long nowMillis, long nowNanos) {
        long elapsed = (nowNanos - reading.receivedNanos()) / 1_000_000;
        return nowMillis - reading.wall().toEpochMilli() - elapsed > ALIKE_MILLIS;
    }

    /** With a clock so far off, leaves and deadlines are dated wrongly, around a turn even to the wrong version. */
    private static boolean isOutside(int own, int certain, int possible) {
        return own < certain || own > possible;
    }

    private int turnedBy(long time) {
        int turned = 0;
        while (turned < millis.length && time >= millis[turned]) {
            turned++;
        }
        return turned;
    }
}
