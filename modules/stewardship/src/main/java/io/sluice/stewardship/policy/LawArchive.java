package io.sluice.stewardship.policy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every version of the law that a node of this shop was ever started with. It is what makes a version immutable: a folder that
 * holds another text under a name that is here already is refused. Drafts alone, {@code <name>-draft}, may still change.
 *
 * <p>Anybody who can write into the database can write a row. So a row counts only if a trusted signer has signed its text, and
 * then as the text says; every other row is reported ({@code sluice.law.untrusted}) and has no effect on anything.
 */
public final class LawArchive {

    /**
     * How long before its instant a version is stored at the latest. A node that has not looked for {@link
     * Timetable#KNOWN_FOR} grants nothing, so whoever decides after the instant has looked after the storing; the rest is for
     * the commit, which comes after the look at the clock.
     */
    static final Duration NOTICE = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(LawArchive.class);

    private final Database database;
    private final LawSigners signers;
    private final AtomicInteger untrusted = new AtomicInteger();

    public LawArchive(Database database, LawSigners signers, MeterRegistry meters) {
        this.database = database;
        this.signers = signers;
        Gauge.builder("sluice.law.untrusted", untrusted, AtomicInteger::get)
                .description("rows of the archive that are no law, because nobody trusted has signed what they say")
                .register(meters);
    }

    /**
     * What the database knows of the law at one moment.
     *
     * @param clock what its clock showed
     * @param rows a mark for each row of the archive, which changes with the row
     * @param inEffect names of the versions that have ever been noted as in effect
     */
    public record State(ClockReading clock, Set<String> rows, Set<String> inEffect) {
        public State {
            rows = Set.copyOf(rows);
            inEffect = Set.copyOf(inEffect);
        }
    }

    /** Asks for the state, and how long that takes. */
    public Future<State> state(InstantSource wall, LongSupplier nanoTime) {
        long sent = nanoTime.getAsLong();
        Instant asked = wall.instant();
        return database.query("""
                        select clock_timestamp(), array(select id || ' ' || xmin from stewardship.law),
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
        Instant now = reading.database();
        return versions()
                .compose(versions -> inEffect()
                        .map(noted -> versions.stream()
                                .filter(law -> noted.contains(law.version()))
                                .map(PublishedLaw::effectiveAt)
                                .filter(now::isBefore)
                                .max(Comparator.naturalOrder())
                                .orElse(now)));
    }

    private Future<Set<String>> inEffect() {
        return database.query("select coalesce(array_agg(version), '{}') from stewardship.law_effect", Tuple.tuple())
                .map(rows -> Set.of(rows.iterator().next().getArrayOfStrings(0)));
    }

    /** Notes which of these versions have taken effect by the database's clock. */
    public Future<Void> note(List<PublishedLaw> laws) {
        return database.query(
                        """
                        insert into stewardship.law_effect (version)
                        select version from unnest($1::text[], $2::timestamptz[]) as law (version, effective_at)
                        where effective_at <= clock_timestamp()
                        on conflict do nothing""",
                        Tuple.tuple()
                                .addArrayOfString(column(laws, PublishedLaw::version))
                                .addArrayOfOffsetDateTime(times(laws, PublishedLaw::effectiveAt)))
                .mapEmpty();
    }

    /** Every version in the archive that is one by its signature, the oldest first. */
    public Future<List<PublishedLaw>> versions() {
        return database.query(
                        "select version, text, signer, signature from stewardship.law order by stored_at, id",
                        Tuple.tuple())
                .map(this::trusted);
    }

    private List<PublishedLaw> trusted(RowSet<Row> rows) {
        Map<String, PublishedLaw> versions = new LinkedHashMap<>();
        int refused = 0;
        for (Row row : rows) {
            String version = row.getString(0);
            LawSignature signature = new LawSignature(row.getString(2), row.getString(3));
            Optional<PublishedLaw> found = signers.published(version, row.getString(1), signature);
            PublishedLaw before = versions.get(version);
            if (found.isEmpty()) {
                refused++;
                LOG.error("no law by its signature version={} signer={}", version, signature.signer());
            } else if (before == null || before.isDraft()) {
                versions.put(version, found.get());
            } else if (!before.saysTheSameAs(found.get())) {
                refused++;
                LOG.error("released before with another text version={} signer={}", version, signature.signer());
            }
        }
        untrusted.set(refused);
        return versions.values().stream()
                .sorted(Comparator.comparing(PublishedLaw::effectiveAt))
                .toList();
    }

    /**
     * Stores a folder's versions, all that are new or none. The first ones of a shop may have taken effect long ago. A version
     * that comes later must leave every node the time to learn of it, by the database's clock, {@link #NOTICE}; and so must a
     * draft whose instant is moved.
     *
     * @param now when the version in force took effect, or later
     * @return every version in the archive, the oldest first; fails with {@link LawInvalid} if a version is stored with another
     *     text, if a new one comes too late, or if the archive knows a version that is in force now and that the folder lacks
     */
    public Future<List<PublishedLaw>> store(Laws laws, Instant now) {
        return versions()
                .compose(known -> insert(News.of(laws.published(), known))
                        .compose(late -> versions().compose(archive -> {
                            List<String> problems = late.isEmpty() ? problems(archive, laws, now) : late;
                            return problems.isEmpty()
                                    ? Future.succeededFuture(archive)
                                    : Future.failedFuture(new LawInvalid(problems));
                        })));
    }

    /**
     * What of a folder is not in the archive.
     *
     * @param texts what is to be stored
     * @param timed those of them whose instants must be far enough off
     * @param moved drafts as they were, whose instants are others now
     */
    private record News(List<PublishedLaw> texts, List<PublishedLaw> timed, List<PublishedLaw> moved) {

        static News of(List<PublishedLaw> given, List<PublishedLaw> known) {
            List<PublishedLaw> texts = new ArrayList<>();
            List<PublishedLaw> timed = new ArrayList<>();
            List<PublishedLaw> moved = new ArrayList<>();
            for (PublishedLaw law : given) {
                Optional<PublishedLaw> before = known.stream()
                        .filter(other -> other.isCalled(law.version()))
                        .findFirst();
                boolean isMoved = before.filter(other -> !other.effectiveAt().equals(law.effectiveAt()))
                        .isPresent();
                if (before.isEmpty() || law.isDraft() && !before.get().saysTheSameAs(law)) {
                    texts.add(law);
                    if (isMoved || before.isEmpty() && !known.isEmpty()) {
                        timed.add(law);
                    }
                    before.filter(other -> isMoved).ifPresent(moved::add);
                }
            }
            return new News(texts, timed, moved);
        }

        /** What comes too late by the time at which it would have been stored. */
        List<String> late(Instant time) {
            List<String> late = new ArrayList<>();
            Instant earliest = time.plus(NOTICE);
            timed.stream()
                    .filter(law -> !law.effectiveAt().isAfter(earliest))
                    .map(law -> law.version() + LawFile.SUFFIX + ": " + law.version() + " would take effect at "
                            + law.effectiveAt() + ", and by the database's clock it is " + time
                            + ": whatever is new to this shop is laid before it at least " + NOTICE.toSeconds()
                            + " s earlier, so that every node has learnt of it; give it a later effective_at")
                    .forEach(late::add);
            moved.stream()
                    .filter(law -> !law.effectiveAt().isAfter(time))
                    .map(law -> law.version() + LawFile.SUFFIX + ": " + law.version() + " took effect at "
                            + law.effectiveAt() + ", and by the database's clock it is " + time
                            + ": its effective_at cannot be moved any more")
                    .forEach(late::add);
            return late;
        }
    }

    /** What has come too late; then nothing was stored. The clock is read in the very statement that stores. */
    private Future<List<String>> insert(News news) {
        List<PublishedLaw> laws = news.texts();
        return database.query(
                        """
                        with clock as materialized (select clock_timestamp() as now), stored as (
                            insert into stewardship.law (version, announced_at, effective_at, text, signer, signature)
                            select given.* from clock, unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[],
                                $5::text[], $6::text[]) as given
                            where not exists (select from unnest($7::timestamptz[]) as timed (at)
                                              where at <= now + make_interval(secs => $9::float8))
                                and not exists (select from unnest($8::timestamptz[]) as moved (at) where at <= now)
                            on conflict (version, signer, signature, md5(text))
                                do update set stored_at = clock_timestamp() where law.version like '%-draft')
                        select now from clock""",
                        Tuple.tuple()
                                .addArrayOfString(column(laws, PublishedLaw::version))
                                .addArrayOfOffsetDateTime(times(laws, PublishedLaw::announcedAt))
                                .addArrayOfOffsetDateTime(times(laws, PublishedLaw::effectiveAt))
                                .addArrayOfString(column(laws, PublishedLaw::text))
                                .addArrayOfString(
                                        column(laws, law -> law.signature().signer()))
                                .addArrayOfString(
                                        column(laws, law -> law.signature().base64()))
                                .addArrayOfOffsetDateTime(times(news.timed(), PublishedLaw::effectiveAt))
                                .addArrayOfOffsetDateTime(times(news.moved(), PublishedLaw::effectiveAt))
                                .addDouble((double) NOTICE.toSeconds()))
                .map(rows ->
                        news.late(rows.iterator().next().getOffsetDateTime(0).toInstant()));
    }

    private static List<String> problems(List<PublishedLaw> archive, Laws laws, Instant now) {
        List<String> problems = new ArrayList<>();
        laws.published().stream()
                .filter(law -> archive.stream().noneMatch(law::saysTheSameAs))
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

    private static String[] column(List<PublishedLaw> laws, Function<PublishedLaw, String> value) {
        return laws.stream().map(value).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<PublishedLaw> laws, Function<PublishedLaw, Instant> value) {
        return laws.stream().map(value).map(at -> at.atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new);
    }
}
