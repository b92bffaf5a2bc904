package io.sluice.load.clause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds promises, tests and the customers' text against each other, and writes the report to {@code target/clauses/}. */
class ClauseReportTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern MARK = Pattern.compile("\\[([A-Z][0-9])]");

    private static List<ClauseTests.Test> tests = List.of();

    @BeforeAll
    static void readTests() throws IOException {
        tests = new ClauseTests(REPOSITORY).all();
    }

    @Test
    void everyPromiseThatIsSaidToBeProvedHasTestsAndTheyHavePassed() throws IOException {
        ClauseReport report = ClauseReport.of(promises(), tests);
        report.write(Path.of("target", "clauses"));

        assertThat(report.rows().stream().flatMap(row -> row.doubts().stream()))
                .as("what is said to be proved in config/clauses.yaml, and is not; run all tests with `mvn verify`")
                .isEmpty();
    }

    @Test
    void everyTestThatCarriesAClauseCarriesOneThatThereIs() throws IOException {
        List<String> known = promises().stream().map(Promise::id).toList();
        assertThat(tests)
                .allSatisfy(test -> assertThat(known).as("%s", test.name()).contains(test.clause()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void theCustomersTextOfEveryVersionCitesEveryPromise(String language) throws IOException {
        List<String> known = promises().stream().map(Promise::id).sorted().toList();
        for (Path law : versions()) {
            String name = law.getFileName().toString().replace(".yaml", "." + language + ".md");
            String text = Files.readString(law.resolveSibling(name));

            List<String> cited = MARK.matcher(text)
                    .results()
                    .map(mark -> mark.group(1))
                    .distinct()
                    .sorted()
                    .toList();
            assertThat(cited).as(name).containsExactlyElementsOf(known);
            assertThat(text).contains(law.getFileName().toString().replace(".yaml", ""));
        }
    }

    @Test
    void aProvedPromiseThatLosesItsTestsIsFound() {
        Promise promise = new Promise("A1", Promise.State.PROVED, "x");
        ClauseTests.Test passed = new ClauseTests.Test("A1", "t", ClauseTests.Result.PASSED);

        assertThat(new ClauseReport.Row(promise, List.of()).doubts()).containsExactly("A1 has no test");
        assertThat(new ClauseReport.Row(promise, List.of(passed)).doubts()).isEmpty();
        for (ClauseTests.Result bad :
                List.of(ClauseTests.Result.FAILED, ClauseTests.Result.SKIPPED, ClauseTests.Result.NOT_RUN)) {
            ClauseTests.Test other = new ClauseTests.Test("A1", "u", bad);
            assertThat(new ClauseReport.Row(promise, List.of(passed, other)).doubts())
                    .as("%s", bad)
                    .hasSize(1);
        }
        Promise open = new Promise("B1", Promise.State.OPEN, "x");
        assertThat(new ClauseReport.Row(open, List.of()).doubts())
                .as("an open one has time")
                .isEmpty();
    }

    private static List<Promise> promises() throws IOException {
        return Promise.all(REPOSITORY.resolve("config").resolve("clauses.yaml"));
    }

    private static List<Path> versions() throws IOException {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("config").resolve("policy"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList();
        }
    }
}
