package io.sluice.stewardship.consent;

import io.sluice.guard.Outcome;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.api.AccountRefusal;
import io.sluice.storage.Batch;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Applies changes to persons' rows, many in one transaction. The answer is the row as it stands after the change. */
final class SubjectBatch implements Batch<SubjectChange, Outcome<SubjectRow>> {

    @Override
    public Future<Plan<Outcome<SubjectRow>>> prepare(SqlConnection transaction, List<SubjectChange> changes) {
        UUID[] subjects = changes.stream()
                .map(change -> change.subject().value())
                .distinct()
                .sorted()
                .toArray(UUID[]::new);
        UUID[] restricted = changes.stream()
                .filter(SubjectChange::mayRestrict)
                .map(change -> change.subject().value())
                .toArray(UUID[]::new);
        // before the rows: see the fence's order of locks
        Future<?> alone = restricted.length == 0
                ? Future.succeededFuture()
                : transaction
                        .preparedQuery("select stewardship.hold_off_effects($1::uuid[])")
                        .execute(Tuple.of((Object) restricted));
        UUID[] firstIds = changes.stream()
                .flatMap(SubjectBatch::entries)
                .flatMap(entry -> entry.records().stream().map(entry::id))
                .toArray(UUID[]::new);
        var rows = transaction
                .preparedQuery("select " + SubjectRows.COLUMNS
                        + " from stewardship.subject where id = any ($1::uuid[]) order by id for no key update")
                .execute(Tuple.of((Object) subjects));
        var recorded = transaction
                .preparedQuery("select id from stewardship.consent where id = any ($1::uuid[])")
                .execute(Tuple.of((Object) firstIds));
        return Future.all(alone, rows, recorded).map(found -> {
            Map<SubjectId, SubjectRow> known = new HashMap<>();
            for (Row row : rows.result()) {
                SubjectRow subject = SubjectRows.row(row);
                known.put(subject.subject(), subject);
            }
            Set<UUID> onRecord = new HashSet<>();
            recorded.result().forEach(row -> onRecord.add(row.getUUID(0)));
            SubjectPlan plan = new SubjectPlan(known, onRecord);
            changes.forEach(plan::apply);
            return plan;
        });
    }

    static Stream<SubjectChange.Entry> entries(SubjectChange change) {
        return switch (change) {
            case SubjectChange.Introduce introduce -> Stream.of(introduce.entry());
            case SubjectChange.Decide decide -> Stream.of(decide.entry());
            case SubjectChange.Appoint appoint -> Stream.empty();
            case SubjectChange.Leave leave -> Stream.empty();
            case SubjectChange.Erase erase -> Stream.empty();
        };
    }

    /** What the changes of one transaction come to. */
    private static final class SubjectPlan implements Plan<Outcome<SubjectRow>> {

        private final Map<SubjectId, SubjectRow> state;
        private final Set<UUID> onRecord;
        private final Map<SubjectId, SubjectChange.Introduce> newcomers = new HashMap<>();
        private final Set<SubjectId> changed = new HashSet<>();
        private final Set<SubjectId> restricted = new LinkedHashSet<>();
        private final List<SubjectChange.Leave> leaving = new ArrayList<>();
        private final List<ConsentWrites.Written> records = new ArrayList<>();
        private final List<Outcome<SubjectRow>> answers = new ArrayList<>();

        SubjectPlan(Map<SubjectId, SubjectRow> state, Set<UUID> onRecord) {
            this.state = state;
            this.onRecord = onRecord;
        }

        void apply(SubjectChange change) {
            SubjectRow before = state.get(change.subject());
            answers.add(
                    switch (change) {
                        case SubjectChange.Introduce introduce -> introduce(introduce, before);
                        case SubjectChange.Decide decide -> decide(decide, before);
                        case SubjectChange.Appoint appoint -> appoint(appoint, before);
                        case SubjectChange.Leave leave -> leave(leave, before);
                        case SubjectChange.Erase erase -> erase(before);
                    });
            SubjectRow after = state.get(change.subject());
            if (before != null && after != null && after.restrictedVersion() != before.restrictedVersion()) {
                restricted.add(change.subject());
            }
        }

        private Outcome<SubjectRow> introduce(SubjectChange.Introduce introduce, @Nullable SubjectRow before) {
            if (before != null) {
                return Outcome.done(before);
            }
            SubjectRow row = new SubjectRow(
                    introduce.subject(),
                    1,
                    Wishes.permitted(0, introduce.entry().records()),
                    Wishes.consented(
                            Map.of(),
                            introduce.entry().records(),
                            introduce.entry().policyVersion()),
                    false,
                    false,
                    0,
                    introduce.roles(),
                    introduce.region(),
                    0);
            newcomers.put(introduce.subject(), introduce);
            keep(row, introduce.entry());
            return Outcome.done(row);
        }

        private Outcome<SubjectRow> decide(SubjectChange.Decide decide, @Nullable SubjectRow before) {
            if (before == null || before.isGone()) {
                return Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN);
            }
            boolean isApplied = decide.entry().records().stream()
                    .allMatch(record -> onRecord.contains(decide.entry().id(record)));
            if (isApplied) {
                return Outcome.done(before);
            }
            SubjectRow row =
                    before.saying(decide.entry().records(), decide.entry().policyVersion());
            changed.add(row.subject());
            keep(row, decide.entry());
            return Outcome.done(row);
        }

        private Outcome<SubjectRow> appoint(SubjectChange.Appoint appoint, @Nullable SubjectRow before) {
            if (before == null || before.isGone()) {
                return Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN);
            }
            SubjectRow row = before.withRoles(appoint.roles());
            changed.add(row.subject());
            state.put(row.subject(), row);
            return Outcome.done(row);
        }

        private Outcome<SubjectRow> leave(SubjectChange.Leave leave, @Nullable SubjectRow before) {
            if (before == null) {
                return Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN);
            }
            if (before.isGone()) {
                return Outcome.done(before);
            }
            SubjectRow row = before.left();
            changed.add(row.subject());
            leaving.add(leave);
            state.put(row.subject(), row);
            return Outcome.done(row);
        }

        private Outcome<SubjectRow> erase(@Nullable SubjectRow before) {
            if (before == null || !before.leaving()) {
                return Outcome.refused(AccountRefusal.SUBJECT_UNKNOWN);
            }
            if (before.erased()) {
                return Outcome.done(before);
            }
            SubjectRow row = before.forgotten();
            changed.add(row.subject());
            state.put(row.subject(), row);
            return Outcome.done(row);
        }

        private void keep(SubjectRow row, SubjectChange.Entry entry) {
            state.put(row.subject(), row);
            entry.records().forEach(record -> records.add(new ConsentWrites.Written(row.subject(), entry, record)));
        }

        @Override
        public List<Future<?>> write(SqlConnection transaction) {
            List<Future<?>> writes = new ArrayList<>();
            // a newcomer may have been changed again within this batch: what is written is where it ended
            if (!newcomers.isEmpty()) {
                writes.add(ConsentWrites.insertSubjects(transaction, newcomers.values(), state));
            }
            List<SubjectRow> updated = changed.stream()
                    .filter(subject -> !newcomers.containsKey(subject))
                    .map(state::get)
                    .toList();
            if (!updated.isEmpty()) {
                writes.add(ConsentWrites.updateSubjects(transaction, updated));
            }
            if (!leaving.isEmpty()) {
                writes.addAll(ConsentWrites.forget(transaction, leaving));
            }
            if (!records.isEmpty()) {
                writes.add(ConsentWrites.insertRecords(transaction, records));
            }
            if (!restricted.isEmpty()) {
                // last: its lock is everybody's
                writes.add(ConsentWrites.insertRestrictions(
                        transaction, restricted.stream().map(state::get).toList(), records));
            }
            return writes;
        }

        @Override
        public List<Outcome<SubjectRow>> answers() {
            return answers;
        }
    }
}
