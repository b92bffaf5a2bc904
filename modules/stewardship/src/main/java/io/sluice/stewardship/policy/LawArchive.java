package io.sluice.stewardship.policy;

import io.sluice.storage.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Every version of the law that a node of this shop was ever started with. It is what makes a version immutable: a folder that
 * holds another text under a name that is here already is refused. Drafts alone, {@code <name>-draft}, may still change.
 */
public final class LawArchive {

    private final Database database;

    public LawArchive(Database database) {
        this.database = database;
    }

    /**
     * What the database knows of the law at one moment.
     *
     * @param clock what its clock showed
     * @param versions names of all versions in the archive
     * @param inEffect names of those that have ever been noted as in effect
     */
    public record State(ClockReading clock, Set<String> versions, Set<String> inEffect) {
        public State {
            versions = Set.copyOf(versions);
            inEffect = Set.copyOf(inEffect);
        }
    }

    /** Asks for the state, and how long that takes. */
    public Future<State> state(InstantSource wall, LongSupplier nanoTime) {
        long sent = nanoTime.getAsLong();
        Instant asked = wall.instant();
        return database.query("""
                        select clock_timestamp(), array(select version from stewardship.law),
                               array(select version from stewardship.law_effect)""", Tuple.tuple()).map(rows -> {
            long received = nanoTime.getAsLong();
            Instant answered = wall.instant();
            // a machine that slept meanwhile has a monotonic clock that did too
            long took =
                    Math.max(received - sent, Duration.between(asked, answered).toNanos());
            Row row = rows.iterator().next();
            Instant database = row.getOffsetDateTime(0).toInstant();
            return new State(
                    new ClockReading(received - took, received, database, answered),
                    Set.of(row.getArrayOfStrings(1)),
                    Set.of(row.getArrayOfStrings(2)));
        });
    }

    /** When the last version to have taken effect did so: by the database's clock, or by what was noted before it was set back. */
    public Future<Instant> lastEffect(ClockReading reading) {
        return database.query("""
                        select max(effective_at) from stewardship.law
                        where effective_at <= $1 or version in (select version from stewardship.law_effect)""", Tuple.of(reading.database().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    OffsetDateTime last = rows.iterator().next().getOffsetDateTime(0);
                    Instant now = reading.database();
                    return last == null || last.toInstant().isBefore(now) ? now : last.toInstant();
                });
    }

    /** Notes which versions have taken effect by the database's clock. */
    public Future<Void> note() {
        return database.query("""
                        insert into stewardship.law_effect (version)
                        select version from stewardship.law where effective_at <= clock_timestamp()
                        on conflict do nothing""", Tuple.tuple()).mapEmpty();
    }

    /** Every version in the archive, the oldest first. */
    public Future<List<PublishedLaw>> versions() {
        return database.query("""
                        select version, announced_at, effective_at, text, signer, signature
                        from stewardship.law order by effective_at""", Tuple.tuple()).map(LawArchive::read);
    }

    /**
     * Stores a folder's versions.
     *
     * @param now when the version in force took effect, or later
     * @return every version in the archive, the oldest first; fails with {@link LawInvalid} if a version is stored with another
     *     text, or if the archive knows a version that is in force now and that the folder lacks
     */
    public Future<List<PublishedLaw>> store(Laws laws, Instant now) {
        List<PublishedLaw> given = laws.published();
        return insert(given).compose(stored -> versions()).compose(archive -> {
            List<String> problems = problems(archive, laws, now);
            return problems.isEmpty() ? Future.succeededFuture(archive) : Future.failedFuture(new LawInvalid(problems));
        });
    }

    private Future<?> insert(List<PublishedLaw> laws) {
        return database.query(
                """
                insert into stewardship.law as l (version, announced_at, effective_at, text, signer, signature)
                select * from unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
                on conflict (version) do update set announced_at = excluded.announced_at,
                    effective_at = excluded.effective_at, text = excluded.text, signer = excluded.signer,
                    signature = excluded.signature, stored_at = now()
                where l.version like '%-draft' and l.text <> excluded.text""",
                Tuple.of(
                        column(laws, PublishedLaw::version),
                        times(laws, PublishedLaw::announcedAt),
                        times(laws, PublishedLaw::effectiveAt),
                        column(laws, PublishedLaw::text),
                        column(laws, law -> law.signature().signer()),
                        column(laws, law -> law.signature().base64())));
    }

    private static List<String> problems(List<PublishedLaw> archive, Laws laws, Instant now) {
        List<String> problems = new ArrayList<>();
        laws.published().stream()
                .filter(law -> archive.stream().noneMatch(stored -> isSame(stored, law)))
                .map(law ->
                        law.version() + " was published with another text; a version never changes: publish a new one")
                .forEach(problems::add);
        archive.stream()
                .filter(law -> !law.effectiveAt().isAfter(now))
                .reduce((earlier, later) -> later)
                .map(PublishedLaw::version)
                .filter(inForce -> !inForce.equals(laws.inForce().version()))
                .map(inForce -> inForce + " is in force in this shop, and this node's folder of the law lacks it")
                .ifPresent(problems::add);
        return problems;
    }

    private static boolean isSame(PublishedLaw one, PublishedLaw other) {
        return one.version().equals(other.version()) && one.text().equals(other.text());
    }

    private static List<PublishedLaw> read(RowSet<Row> rows) {
        List<PublishedLaw> laws = new ArrayList<>(rows.size());
        for (Row row : rows) {
            laws.add(new PublishedLaw(
                    row.getString(0),
                    row.getOffsetDateTime(1).toInstant(),
                    row.getOffsetDateTime(2).toInstant(),
                    row.getString(3),
                    new LawSignature(row.getString(4), row.getString(5))));
        }
        return laws;
    }

    private static String[] column(List<PublishedLaw> laws, Function<PublishedLaw, String> value) {
        return laws.stream().map(value).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<PublishedLaw> laws, Function<PublishedLaw, Instant> value) {
        return laws.stream().map(value).map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    }
}
