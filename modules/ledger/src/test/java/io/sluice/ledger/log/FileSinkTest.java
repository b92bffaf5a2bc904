package io.sluice.ledger.log;

import static io.sluice.ledger.CountingHouse.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.ledger.log.SecondSink.Notice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was said to be kept is in the file, whole, and nothing is made of what is not. */
final class FileSinkTest {

    private static final UUID LOG = new UUID(1, 2);

    @TempDir
    Path folder;

    private final HeadSigner signer = Keys.fresh();
    private Vertx vertx;
    private Path file;
    private FileSink sink;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        file = folder.resolve("outside").resolve("ledger.ndjson");
        sink = new FileSink(vertx, file);
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void whatIsKeptIsReadAgain() throws IOException {
        await(sink.keep(List.of(Notice.of(head(1)), Notice.of(head(3)))));
        await(sink.keep(List.of(Notice.of(head(7)))));
        assertThat(FileSink.heads(file)).containsExactly(head(1), head(3), head(7));
    }

    @Test
    void sendersOfOneProcessWaitForEachOther() throws IOException {
        List<Future<Void>> kept = new ArrayList<>();
        for (int size = 1; size <= 32; size++) {
            kept.add(new FileSink(vertx, file).keep(List.of(Notice.of(head(size)))));
        }
        await(Future.all(kept));
        assertThat(FileSink.heads(file)).hasSize(32);
    }

    @Test
    void headsAsTheApiTellsThemAreReadToo() throws IOException {
        Path told = Files.writeString(folder.resolve("head.json"), head(5).json() + "\n");
        assertThat(FileSink.heads(told)).containsExactly(head(5));
    }

    @Test
    void noticesOfOtherKindsAreLeftOut() throws IOException {
        await(sink.keep(List.of(new Notice("person.erased", 1, "{}"), Notice.of(head(1)))));
        assertThat(FileSink.heads(file)).containsExactly(head(1));
    }

    @Test
    void aLineCutShortByACrashIsNoHeadAndDoesNotSpoilTheNext() throws IOException {
        await(sink.keep(List.of(Notice.of(head(1)))));
        Files.writeString(file, "{\"kind\":\"ledger.he", StandardOpenOption.APPEND);
        assertThat(FileSink.heads(file)).containsExactly(head(1));
        await(sink.keep(List.of(Notice.of(head(3)))));
        assertThat(FileSink.heads(file)).containsExactly(head(1), head(3));
    }

    @Test
    void theNewestHeadOfALogIsFoundWhateverStandsBehindIt() throws IOException {
        assertThat(await(sink.newest(LOG))).isEmpty();
        await(sink.keep(List.of(Notice.of(head(1)), Notice.of(head(3)))));
        await(sink.keep(List.of(new Notice("person.erased", 1, "{}"), Notice.of(head(new UUID(3, 4), 9)))));
        Files.writeString(file, "{\"kind\":\"ledger.he", StandardOpenOption.APPEND);
        assertThat(await(sink.newest(LOG))).contains(head(3));
        assertThat(await(sink.newest(new UUID(5, 6)))).isEmpty();
    }

    @Test
    void whatWasKeptIsReadBackByItsKindAndWhatWasCutShortIsNot() throws Exception {
        await(sink.keep(List.of(
                new Notice("person.restricted", 1, "{\"a\":1}"),
                Notice.of(head(1)),
                new Notice("person.restricted", 2, "{\"a\":2}"))));
        Files.writeString(file, "{\"kind\":\"person.restr", StandardOpenOption.APPEND);
        List<Integer> read = new ArrayList<>();

        FileSink.read(file, "person.restricted", data -> read.add(data.getInteger("a")));

        assertThat(read).containsExactly(1, 2);
        assertThat(FileSink.tail(file)).extracting(Notice::number).containsExactly(1L, 1L, 2L);
    }

    @Test
    void aLineInTheMiddleThatIsNoNoticeIsNotReadOver() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nonsense\n" + new Notice("person.restricted", 1, "{}").line() + "\n");

        assertThatThrownBy(() -> FileSink.read(file, "person.restricted", data -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FileSink.tail(file)).isInstanceOf(IOException.class);
    }

    @Test
    void ofALongFileTheNewestIsReadAlone() throws Exception {
        String line = new Notice("person.restricted", 1, "{\"a\":\"" + "x".repeat(1000) + "\"}").line() + "\n";
        Files.createDirectories(file.getParent());
        Files.writeString(file, line.repeat(2000) + new Notice("person.restricted", 7, "{}").line() + "\n");

        assertThat(FileSink.tail(file))
                .hasSizeBetween(900, 1000)
                .last()
                .isEqualTo(new Notice("person.restricted", 7, "{}"));
    }

    @Test
    void aLineThatIsNoHeadIsToldAndNotOverlooked() throws IOException {
        for (String line : List.of("nonsense", "{}", "[]", "{\"kind\":\"ledger.head\",\"number\":1}")) {
            Path wrong = Files.writeString(folder.resolve("wrong"), head(1).json() + "\n" + line + "\n");
            assertThatThrownBy(() -> FileSink.heads(wrong)).isInstanceOf(IOException.class);
        }
    }

    private SignedHead head(long size) {
        return head(LOG, size);
    }

    private SignedHead head(UUID log, long size) {
        return SignedHead.sign(
                new TreeHead(
                        log,
                        1,
                        size,
                        size,
                        Buffer.buffer(new byte[32]),
                        Instant.parse("2026-11-23T12:00:00Z"),
                        signer.key().id()),
                signer);
    }
}
