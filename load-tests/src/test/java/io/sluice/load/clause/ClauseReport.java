package io.sluice.load.clause;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Promises beside the tests that carry them: as a page for people, and as JSON for machines. */
record ClauseReport(List<Row> rows) {

    ClauseReport {
        rows = List.copyOf(rows);
    }

    /** One promise and its tests. */
    record Row(Promise promise, List<ClauseTests.Test> tests) {

        Row {
            tests = List.copyOf(tests);
        }

        /** What keeps a promise from being proved that is said to be: it has no test, or one that has not passed. */
        List<String> doubts() {
            if (promise.state() == Promise.State.OPEN) {
                return List.of();
            }
            if (tests.isEmpty()) {
                return List.of(promise.id() + " has no test");
            }
            return tests.stream()
                    .filter(test -> test.result() != ClauseTests.Result.PASSED)
                    .map(test -> promise.id() + ": " + test.name() + " " + word(test.result()))
                    .toList();
        }
    }

    static ClauseReport of(List<Promise> promises, List<ClauseTests.Test> tests) {
        return new ClauseReport(promises.stream()
                .map(promise -> new Row(
                        promise,
                        tests.stream()
                                .filter(test -> test.clause().equals(promise.id()))
                                .toList()))
                .toList());
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("clauses.json"), json().encodePrettily() + "\n");
        Files.writeString(folder.resolve("clauses.html"), html());
    }

    private JsonObject json() {
        JsonArray items = new JsonArray();
        for (Row row : rows) {
            JsonArray tests = new JsonArray();
            row.tests()
                    .forEach(test ->
                            tests.add(new JsonObject().put("test", test.name()).put("result", word(test.result()))));
            items.add(new JsonObject()
                    .put("clause", row.promise().id())
                    .put("promise", row.promise().words())
                    .put("state", word(row.promise().state()))
                    .put("tests", tests));
        }
        return new JsonObject().put("clauses", items);
    }

    private String html() {
        long proved = rows.stream()
                .filter(row -> row.promise().state() == Promise.State.PROVED)
                .count();
        String body = rows.stream().map(ClauseReport::html).collect(Collectors.joining("\n"));
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>Clauses</title>
                <style>
                body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1f }
                table { border-collapse: collapse; width: 100%% }
                th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid #d8d8de }
                .proved { color: #0b6b3a; font-weight: 600 } .open { color: #8a5a00; font-weight: 600 }
                .failed, .skipped, .not-run { color: #b3261e }
                summary { cursor: pointer } ul { margin: .25rem 0; padding-left: 1.25rem } code { overflow-wrap: anywhere }
                </style>
                </head>
                <body>
                <h1>What the policy promises, and what shows it</h1>
                <p>%d promises are proved by tests, %d are open. An open promise may have tests that show a part of it.</p>
                <table>
                <thead><tr><th scope="col">Clause</th><th scope="col">Promise</th><th scope="col">State</th></tr></thead>
                <tbody>
                %s
                </tbody>
                </table>
                </body>
                </html>
                """.formatted(proved, rows.size() - proved, body);
    }

    private static String html(Row row) {
        String tests = row.tests().isEmpty()
                ? "no test yet"
                : "<details><summary>%d %s</summary><ul>%s</ul></details>"
                        .formatted(
                                row.tests().size(),
                                row.tests().size() == 1 ? "test" : "tests",
                                row.tests().stream()
                                        .map(test -> "<li><code>%s</code> <span class=\"%2$s\">%2$s</span></li>"
                                                .formatted(shortened(test.name()), word(test.result())))
                                        .collect(Collectors.joining()));
        return "<tr><th scope=\"row\">%s</th><td>%s%s</td><td class=\"%4$s\">%4$s</td></tr>"
                .formatted(
                        row.promise().id(),
                        escaped(row.promise().words()),
                        tests.startsWith("<") ? tests : "<br><small>" + tests + "</small>",
                        word(row.promise().state()));
    }

    private static String shortened(String test) {
        int method = test.lastIndexOf('.');
        int owner = test.lastIndexOf('.', method - 1);
        return escaped(test.substring(owner + 1));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
