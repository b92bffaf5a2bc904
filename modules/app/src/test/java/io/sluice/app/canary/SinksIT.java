package io.sluice.app.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.canary.Encodings.Form;
import io.sluice.app.canary.Search.Find;
import io.sluice.kernel.Clause;
import io.sluice.storage.DatabaseSettings;
import io.sluice.storage.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The negative twin of the matrix: a canary that lies in a sink is found there, in every encoding. */
@Clause("B1")
class SinksIT {

    private static final Canary PLANTED = Canary.of("~planted", "Ada kQzRwTmPvNxGhJsY", "kQzRwTmPvNxGhJsY");
    private static final Canary BESIDE = Canary.of("~beside", "Ada vXpWnKzTqRgHmJsY", "vXpWnKzTqRgHmJsY");
    private static final Search SEARCH = new Search(List.of(PLANTED, BESIDE));
    private static final List<Form> FORMS = Encodings.of(List.of(PLANTED));

    @TempDir
    Path folder;

    @Test
    void aCanaryInAFileIsFoundInEveryEncoding() throws Exception {
        for (Form form : FORMS) {
            Files.write(folder.resolve(form.encoding().replaceAll("[^A-Za-z0-9]", "_")), form.bytes());
        }

        assertThat(encodings(new Folder(folder).search(SEARCH))).isEqualTo(encodingsOf(FORMS));
        assertThat(new Folder(folder, folder).search(SEARCH)).isEmpty();
    }

    @Test
    void aCanaryInTheNameOfAFileIsFound() throws Exception {
        Files.createFile(folder.resolve("of-kQzRwTmPvNxGhJsY.txt"));

        assertThat(new Folder(folder).search(SEARCH))
                .extracting(Find::where)
                .containsExactly("name of of-kQzRwTmPvNxGhJsY.txt");
    }

    @Test
    void aCanaryInARowIsFoundInTheTableInTheServersFilesAndInACopyOfThem() throws Exception {
        Path home = folder.resolve("server");
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(new EmbeddedPostgres.Settings(home, false, 0, List.of()), List.of("twin"))) {
            DatabaseSettings settings = server.settings("twin");
            try (Connection database =
                            DriverManager.getConnection(settings.jdbcUrl(), settings.user(), settings.password());
                    Statement statement = database.createStatement()) {
                assertThat(Rows.search(SEARCH, "twin", database)).isEmpty();
                statement.execute("create table note (form text, raw bytea)");
                statement.execute("create table word (word text, document jsonb)");
                try (PreparedStatement insert = database.prepareStatement("insert into note values (?, ?)")) {
                    for (Form form : FORMS) {
                        insert.setString(1, form.encoding());
                        insert.setBytes(2, form.bytes());
                        insert.executeUpdate();
                    }
                }
                statement.execute("insert into word values ('kQzRwTmPvNxGhJsY', '{\"a\": [\"kQzRwTmPvNxGhJsY\"]}')");
                statement.execute("checkpoint");

                List<Find> rows = Rows.search(SEARCH, "twin", database);
                assertThat(encodings(rows)).isEqualTo(encodingsOf(FORMS));
                assertThat(rows)
                        .extracting(Find::where)
                        .contains("twin.public.word (text)", "twin.public.word (binary)");
                new Folder(home).copyTo(folder.resolve("backup"));
            }
            assertThat(encodings(new Folder(home).search(SEARCH))).isEqualTo(encodingsOf(FORMS));
            assertThat(encodings(new Folder(folder.resolve("backup")).search(SEARCH)))
                    .isEqualTo(encodingsOf(FORMS));
        }
    }

    @Test
    void aCanaryInTheMemoryOfAProcessIsFoundOnItsHeapAndBesideIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        Memory.COLLECTOR,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        PLANTED.planted(),
                        BESIDE.planted())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(said.readLine()).isEqualTo(Keeper.READY);
            Memory memory = new Memory(process.pid());

            List<Find> heap = SEARCH.in("heap", memory.heapDump(folder.resolve("heap.hprof")));
            assertThat(encodings(heap)).contains("plain", "UTF-16LE", "UTF-16BE");
            assertThat(memory.searchBesideHeap(SEARCH)).extracting(Find::canary).contains(BESIDE);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aCanaryInALineOfALogOrAnAnswerOrAMetricIsFound() {
        for (String text : List.of(
                "level=INFO msg=\"hello kQzRwTmPvNxGhJsY\"",
                "sluice_calls_total{who=\"kQzRwTmPvNxGhJsY\"} 1.0",
                "{\"detail\":\"\\u006b\\u0051\\u007a\\u0052\\u0077\\u0054\\u006d\\u0050\\u0076\\u004e\\u0078\\u0047\\u0068\\u004a\\u0073\\u0059\"}",
                "HTTP/1.1 404 Not Found\r\nLocation: /kQzRwTmPvNxGhJsY\r\n")) {
            assertThat(SEARCH.in("text", text)).extracting(Find::canary).containsExactly(PLANTED);
        }
    }

    private static Set<String> encodings(List<Find> finds) {
        return finds.stream()
                .filter(find -> find.canary().equals(PLANTED))
                .map(Find::encoding)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> encodingsOf(List<Form> forms) {
        return forms.stream().map(Form::encoding).collect(Collectors.toCollection(TreeSet::new));
    }
}
