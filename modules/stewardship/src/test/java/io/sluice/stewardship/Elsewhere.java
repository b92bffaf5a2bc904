package io.sluice.stewardship;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Unavailable;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.erasure.Affairs;
import io.sluice.stewardship.erasure.Ends;
import io.sluice.stewardship.erasure.Safe;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The rooms that an erasure reaches, in memory: orders that are open or have ended, and a safe that says what it was asked for. */
final class Elsewhere implements Affairs, Safe {

    /** What can be asked of them. */
    enum Question {
        ANY,
        KEEP,
        HOLD,
        ENDS,
        SHRED
    }

    final Set<SubjectId> open = ConcurrentHashMap.newKeySet();
    final Map<SubjectId, Ends> ends = new ConcurrentHashMap<>();
    /** A field that rests elsewhere, by its owner. */
    final Map<SubjectId, Sealed> resting = new ConcurrentHashMap<>();

    final List<SubjectId> shredded = new CopyOnWriteArrayList<>();
    private final Map<Question, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<Question, AtomicInteger> faults = new ConcurrentHashMap<>();
    private volatile Supplier<Future<Void>> beforeShredding = Future::succeededFuture;

    int asked(Question question) {
        return asked.computeIfAbsent(question, none -> new AtomicInteger()).get();
    }

    /** The next question of this kind is not answered. */
    void failOnceAt(Question question) {
        faults.computeIfAbsent(question, none -> new AtomicInteger()).set(1);
    }

    void beforeShredding(Supplier<Future<Void>> look) {
        beforeShredding = look;
    }

    private <T> Future<T> answer(Question question, Supplier<Future<T>> answer) {
        asked.computeIfAbsent(question, none -> new AtomicInteger()).incrementAndGet();
        AtomicInteger left = faults.computeIfAbsent(question, none -> new AtomicInteger());
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0
                ? Future.failedFuture(new Unavailable("elsewhere"))
                : answer.get();
    }

    @Override
    public Future<Boolean> any(SubjectId person) {
        return answer(Question.ANY, () -> Future.succeededFuture(open.contains(person)));
    }

    @Override
    public Future<Ends> ends(SubjectId person) {
        return answer(Question.ENDS, () -> Future.succeededFuture(ends.getOrDefault(person, Ends.NONE)));
    }

    @Override
    public Future<Void> keep(SubjectId person, Keeping keeping) {
        return answer(Question.KEEP, () -> {
            Map<Field<String>, Sealed> theirs = new HashMap<>();
            Sealed rests = resting.get(person);
            if (rests != null) {
                theirs.put(StewardshipFields.NAME, rests);
            }
            return keeping.kept(new UUID(0, 7), ends.getOrDefault(person, Ends.NONE), theirs)
                    .map(kept -> {
                        resting.remove(person);
                        kept.values().forEach(held -> resting.put(person, held));
                        return null;
                    });
        });
    }

    @Override
    public Future<List<Optional<Sealed>>> hold(
            String region, String reason, LocalDate until, List<FieldOpener.Item> items) {
        return answer(
                Question.HOLD,
                () -> Future.succeededFuture(items.stream()
                        .map(item ->
                                Optional.of(TownHall.sealed(reason + " until " + until + ": " + text(item.sealed()))))
                        .toList()));
    }

    @Override
    public Future<Void> shred(String region, SubjectId person) {
        return answer(Question.SHRED, () -> beforeShredding.get().onSuccess(looked -> shredded.add(person)));
    }

    static String text(Sealed sealed) {
        return new String(sealed.bytes(), StandardCharsets.UTF_8);
    }
}
