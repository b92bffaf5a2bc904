package io.sluice.stewardship.consent;

import io.sluice.kernel.Purpose;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Rows of one person that are asked for, and answered when a test says so. */
final class AskedRows {

    private final SubjectId person;
    private final Queue<Promise<Optional<SubjectRow>>> asked = new ArrayDeque<>();

    AskedRows(SubjectId person) {
        this.person = person;
    }

    Future<Optional<SubjectRow>> find(SubjectId subject) {
        Promise<Optional<SubjectRow>> answer = Promise.promise();
        asked.add(answer);
        return answer.future();
    }

    /** Questions that wait. */
    int waiting() {
        return asked.size();
    }

    /** The question that was asked first of those that wait; it does not any more. */
    Promise<Optional<SubjectRow>> next() {
        return asked.remove();
    }

    /** Answers it with a person of this version. */
    void answer(long version) {
        next().complete(Optional.of(
                new SubjectRow(person, version, Purpose.SHIPMENT.mask(), Map.of(), false, false, 0, 1, "local", 0)));
    }
}
