package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node serves what its contract lists, and nothing else: compared from its routers, so that no route can hide. */
class ServedRoutesIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    static Path dataDir;

    private static Node node;

    @BeforeAll
    static void start() {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        node = Node.start(Config.read(flags, Map.of(), Optional.empty(), REPOSITORY));
    }

    @AfterAll
    static void stop() {
        assertThat(node.stop().troubles()).isEmpty();
    }

    @Test
    void everyRouteOfTheApiStandsInTheContractAndTheOtherWayRound() throws Exception {
        Set<String> served = node.served().stream()
                .map(route -> route.replaceAll(":([a-z]+)", "{$1}"))
                .filter(ServedRoutesIT::isOfTheApi)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(served).isNotEmpty().isEqualTo(contract());
    }

    @Test
    void besideTheApiThereAreOnlyItsDocumentsAndPages() {
        assertThat(node.served())
                .filteredOn(route -> !isOfTheApi(route))
                .as("pages are read, never written to")
                .allMatch(route -> route.startsWith("GET /") || route.startsWith("HEAD /"));
    }

    private static boolean isOfTheApi(String route) {
        return route.contains(" /v1/") || route.contains(" /.well-known/") || route.contains(" /problems/");
    }

    private static Set<String> contract() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(
                            node.shop().orElseThrow().resolve("/openapi.json"))
                    .build();
            JsonObject paths = new JsonObject(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .getJsonObject("paths");
            return paths.fieldNames().stream()
                    .flatMap(path -> paths.getJsonObject(path).fieldNames().stream()
                            .map(method -> method.toUpperCase(Locale.ROOT) + " " + path))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
