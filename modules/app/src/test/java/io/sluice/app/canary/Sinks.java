package io.sluice.app.canary;

import io.sluice.app.canary.Search.Find;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Searches every sink of a rig, and tells the matrix. */
final class Sinks {

    /** Tables with a sink of their own. */
    private static final Map<String, Sink> TABLES = Map.of(
            ".ledger.", Sink.LEDGER,
            ".commerce.step ", Sink.STEPS,
            ".commerce.inbox ", Sink.INBOX,
            ".storage.idempotency ", Sink.KEPT_ANSWERS);

    private final Rig rig;
    private final Search search;
    private final Matrix matrix;
    private final Path scratch;

    /** @param scratch where dumps and backups go */
    Sinks(Rig rig, Search search, Matrix matrix, Path scratch) {
        this.rig = rig;
        this.search = search;
        this.matrix = matrix;
        this.scratch = scratch;
    }

    void said(Visitor visitor) {
        matrix.searched(Sink.ANSWERS, search.in("answers", visitor.answers()));
        matrix.searched(Sink.STAFF, search.in("staff's answers", visitor.staffAnswers()));
        matrix.searched(Sink.PROBLEMS, search.in("problems", visitor.problems()));
    }

    /** Whatever path and query somebody comes with. */
    void managed(String path, String query) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String door : List.of("/metrics", "/health/live", "/health/ready", "/" + path)) {
                URI target = rig.management().resolve(door + "?q=" + query);
                HttpResponse<String> answer =
                        client.send(HttpRequest.newBuilder(target).build(), HttpResponse.BodyHandlers.ofString());
                matrix.searched(Sink.METRICS, search.in(door, answer.headers().map() + answer.body()));
            }
        }
    }

    void disclosed() throws IOException {
        matrix.searched(Sink.PROVIDER_WIRE, search.in("provider", rig.provider().heard()));
        matrix.searched(Sink.CARRIER_WIRE, search.in("carrier", rig.carrier().heard()));
        byte[] told = rig.merchant().heard();
        if (told.length == 0) {
            throw new IllegalStateException("the merchant's system was told nothing");
        }
        matrix.searched(Sink.MERCHANT_WIRE, search.in("merchant", told));
        for (Find find : new Folder(rig.books()).search(search)) {
            matrix.searched(
                    find.where().startsWith("provider") ? Sink.PROVIDER_BOOK : Sink.CARRIER_BOOK, List.of(find));
        }
    }

    void written() throws IOException, SQLException {
        matrix.searched(Sink.LOG, search.in("log", rig.log()));
        matrix.searched(Sink.NODE_FILES, new Folder(rig.dataDir(), rig.serverFiles()).search(search));
        matrix.searched(Sink.ROWS, List.of());
        TABLES.values().forEach(sink -> matrix.searched(sink, List.of()));
        for (String name : List.of("sluice", "sluice_keys", "postgres")) {
            try (Connection database = rig.database(name)) {
                Map<Sink, List<Find>> finds = Rows.search(search, name, database).stream()
                        .collect(Collectors.groupingBy(find -> tableOf(find.where())));
                finds.forEach(matrix::searched);
            }
        }
    }

    private static Sink tableOf(String where) {
        return TABLES.entrySet().stream()
                .filter(table -> where.contains(table.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Sink.ROWS);
    }

    /** A copy of the server's files between start and stop of a backup, as {@code pg_basebackup} takes it; then the files themselves. */
    void rested() throws IOException, SQLException {
        Path backup = scratch.resolve("backup");
        try (Connection database = rig.database("postgres");
                Statement statement = database.createStatement()) {
            statement.execute("checkpoint");
            statement.execute("select pg_backup_start('canary', true)");
            new Folder(rig.serverFiles()).copyTo(backup);
            statement.execute("select pg_backup_stop(true)");
            statement.execute("checkpoint");
        }
        matrix.searched(Sink.BACKUP, new Folder(backup).search(search));
        matrix.searched(Sink.DATA_FILES, new Folder(rig.serverFiles()).search(search));
    }

    void remembered() throws IOException, InterruptedException {
        Memory memory = new Memory(rig.pid());
        // before the dump, whose writer leaves in its own buffers what it took from the heap
        matrix.searched(Sink.OFF_HEAP, memory.searchBesideHeap(search));
        Path dump = memory.heapDump(scratch.resolve("heap.hprof"));
        Set<String> hashes = Memory.passwordHashes(dump);
        List<Find> finds = search.in("heap dump", dump).stream()
                .filter(find -> hashes.size() > 1 || !find.canary().name().equals("account.credential"))
                .toList();
        matrix.searched(Sink.HEAP, finds);
        matrix.note(
                Sink.HEAP,
                "One hash of a password is there and is nobody's: sign-ins to unknown accounts are held against it.");
    }
}
