package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients say does not become what is measured: the number of time series is ours. */
class MetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path dataDir;

    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @Test
    void aMethodThatTheClientMadeUpIsCountedWithoutItsName() throws Exception {
        assertThat(call("FOOBAR123", "/v1/products")).isEqualTo(405);
        assertThat(call("FOOBAR124", "/v1/nothing")).isEqualTo(404);

        String counted = awaitCounted("method=\"other\"", "status=\"405\"");

        assertThat(counted).doesNotContain("FOOBAR");
        assertThat(awaitCounted("method=\"other\"", "status=\"404\"")).doesNotContain("FOOBAR");
    }

    @Test
    void aMethodThatIsServedIsCountedUnderItsName() throws Exception {
        assertThat(call("GET", "/v1/products")).isEqualTo(200);

        assertThat(awaitCounted("method=\"GET\"", "route=\"/v1/products\"")).isNotEmpty();
    }

    private static int call(String method, String path) throws Exception {
        return shop.send(shop.request(path).method(method, HttpRequest.BodyPublishers.noBody()))
                .statusCode();
    }

    /** Everything measured, once a request with these labels has been; it is counted after it has been answered. */
    private static String awaitCounted(String... labels) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String metrics = shop.metrics();
            if (metrics.lines()
                    .filter(line -> line.startsWith("sluice_http_requests_seconds_count"))
                    .anyMatch(line -> Stream.of(labels).allMatch(line::contains))) {
                return metrics;
            }
            assertThat(System.nanoTime()).as("counted in time").isLessThan(giveUp);
        }
    }
}
