package io.sluice.app.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One line of {@code config/demo/customers.ndjson}.
 *
 * @param account the registration's body, without password and policy version
 * @param withdraws the purposes withdrawn before ordering
 */
record DemoPerson(int number, String email, JsonObject account, List<String> withdraws) {

    static List<DemoPerson> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> of(new JsonObject(line)))
                .toList();
    }

    private static DemoPerson of(JsonObject line) {
        JsonObject account = new JsonObject();
        for (String member : List.of("email", "name", "locale", "country", "consents")) {
            account.put(member, line.getValue(member));
        }
        List<String> withdraws = line.getJsonArray("withdraws", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
        return new DemoPerson(line.getInteger("n"), line.getString("email"), account, withdraws);
    }
}
