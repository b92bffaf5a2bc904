package io.sluice.app.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.canary.Matrix.Cell;
import io.sluice.kernel.Clause;
import io.sluice.stewardship.policy.Law;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The matrix against the law of the repository: it says of each find whether it may be. */
@Clause("C1")
class MatrixTest {

    private Law law;
    private Canaries canaries;
    private Matrix matrix;

    @BeforeEach
    void make() throws Exception {
        law = CanaryMatrixIT.law();
        canaries = new Canaries(law.policy().catalogue(), new Random(1));
        matrix = new Matrix(canaries.all(), new Allowed(law));
    }

    @Test
    void whatTheLawGivesToAPartnerIsAllowedThereAndALeakEverywhereElse() {
        Canary method = canary("payment.method");
        for (Sink sink : Sink.values()) {
            found(method, sink);
        }

        assertThat(Arrays.stream(Sink.values()).filter(sink -> matrix.cell(method, sink) == Cell.ALLOWED))
                .containsExactly(Sink.PROVIDER_WIRE, Sink.PROVIDER_BOOK);
        assertThat(Arrays.stream(Sink.values()).filter(sink -> matrix.cell(method, sink) == Cell.LEAK))
                .hasSize(Sink.values().length - 2);
    }

    @Test
    void whatAPartnerShouldHaveAndHasNotIsMissing() {
        for (Sink sink : Sink.values()) {
            matrix.searched(sink, List.of());
        }

        assertThat(matrix.wrong())
                .contains("MISSING in provider, wire: payment.method", "MISSING in carrier, book: delivery.phone")
                .noneMatch(wrong -> wrong.startsWith("LEAK"));
    }

    @Test
    void aSinkThatNobodyLookedIntoIsNotClean() {
        assertThat(matrix.wrong()).contains("heap: not searched", "ledger: not searched");
    }

    @Test
    void aNameOfAMemberIsSaidBackToWhoeverSentItAndNowhereElse() {
        String stray = canaries.stray("name of unknown member");
        matrix = new Matrix(canaries.all(), new Allowed(law));
        Canary name = canary("~name of unknown member");
        found(name, Sink.PROBLEMS);
        found(name, Sink.LOG);

        assertThat(name.planted()).isEqualTo(stray);
        assertThat(matrix.cell(name, Sink.PROBLEMS)).isEqualTo(Cell.ALLOWED);
        assertThat(matrix.cell(name, Sink.LOG)).isEqualTo(Cell.LEAK);
    }

    @Test
    void bothTablesShowEachFieldAndEachSink(@TempDir Path folder) throws Exception {
        found(canary("delivery.name"), Sink.ROWS);

        matrix.write(folder);

        assertThat(Files.readString(folder.resolve("matrix.md")))
                .contains("| delivery.name |", "LEAK", Sink.ROWS.title())
                .contains(new TreeSet<>(
                        law.policy().catalogue().names(law.policy().catalogue().personal())));
        assertThat(Files.readString(folder.resolve("matrix.json"))).contains("\"leak\"", Sink.HEAP.what());
    }

    private void found(Canary canary, Sink sink) {
        matrix.searched(
                sink, new Search(List.of(canary)).in("somewhere", canary.marks().getFirst()));
    }

    private Canary canary(String name) {
        return canaries.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
