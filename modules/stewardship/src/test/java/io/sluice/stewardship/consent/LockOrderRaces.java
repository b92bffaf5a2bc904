package io.sluice.stewardship.consent;

import io.sluice.testkit.explore.Exploration;
import io.sluice.testkit.explore.Explorer;
import io.sluice.testkit.explore.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The locks that transactions take one after the other and hold until they end, as a model: nobody may wait in a circle.
 *
 * <p>The order of locks is that of the statements: {@code AccountBatch.write} and {@code Checkouts.prepare}, then
 * {@code ConsentFence.write} and {@code LeafTable.lock} for an effect; {@code SubjectBatch.prepare} and
 * {@code ConsentWrites.forget} for a change; {@code SessionBatch.prepare} and {@code SessionWrites.open} for sessions. Which
 * modes exclude each other is PostgreSQL's table of row locks, and that of advisory locks.
 *
 * <p>Left out: what the transactions do, and the queues at a lock, in which PostgreSQL lets nobody overtake; they make nobody
 * wait for a lock that comes earlier in the order.
 */
final class LockOrderRaces {

    /** How a lock is held. */
    enum Mode {
        /** An advisory lock's shared side. */
        SHARED,
        /** An advisory lock's other side. */
        ALONE,
        /** What an insert takes on the row that its foreign key points to. */
        FOR_KEY_SHARE,
        FOR_SHARE,
        FOR_NO_KEY_UPDATE,
        FOR_UPDATE;

        boolean excludes(Mode other) {
            return switch (this) {
                case SHARED -> other == ALONE;
                case ALONE -> true;
                case FOR_KEY_SHARE -> other == FOR_UPDATE;
                case FOR_SHARE -> other == FOR_UPDATE || other == FOR_NO_KEY_UPDATE;
                case FOR_NO_KEY_UPDATE -> other != FOR_KEY_SHARE;
                case FOR_UPDATE -> true;
            };
        }
    }

    /** A lock wanted: on what, and how. */
    record Wanted(String on, Mode mode) {}

    /** A transaction: the locks that it takes, in order. */
    record Transaction(String name, List<Wanted> locks) {
        static Transaction of(String name, Wanted... locks) {
            return new Transaction(name, List.of(locks));
        }
    }

    private LockOrderRaces() {}

    /** Lets these transactions run at the same time. The state is how many locks each has; one more is that it has ended. */
    static Exploration<List<Integer>> of(List<Transaction> transactions) {
        Explorer<List<Integer>> explorer = Explorer.from(Collections.nCopies(transactions.size(), 0));
        for (int i = 0; i < transactions.size(); i++) {
            int who = i;
            explorer = explorer.actor(transactions.get(who).name(), taken -> steps(transactions, taken, who));
        }
        return explorer.mayEnd(taken -> areOver(transactions, taken)).within(10_000);
    }

    private static List<Step<List<Integer>>> steps(List<Transaction> transactions, List<Integer> taken, int who) {
        List<Wanted> locks = transactions.get(who).locks();
        int next = taken.get(who);
        if (next > locks.size()) {
            return List.of();
        }
        List<Integer> after = new ArrayList<>(taken);
        after.set(who, next + 1);
        if (next == locks.size()) {
            return List.of(new Step<>("ends", List.copyOf(after)));
        }
        Wanted wanted = locks.get(next);
        for (int other = 0; other < transactions.size(); other++) {
            if (other != who && holdsAgainst(transactions.get(other).locks(), taken.get(other), wanted)) {
                return List.of();
            }
        }
        return List.of(new Step<>("locks " + wanted.on(), List.copyOf(after)));
    }

    private static boolean holdsAgainst(List<Wanted> locks, int taken, Wanted wanted) {
        boolean hasEnded = taken > locks.size();
        return !hasEnded
                && locks.subList(0, taken).stream()
                        .anyMatch(held ->
                                held.on().equals(wanted.on()) && held.mode().excludes(wanted.mode()));
    }

    private static boolean areOver(List<Transaction> transactions, List<Integer> taken) {
        for (int i = 0; i < transactions.size(); i++) {
            if (taken.get(i) <= transactions.get(i).locks().size()) {
                return false;
            }
        }
        return true;
    }
}
