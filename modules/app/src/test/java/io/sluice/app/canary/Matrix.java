package io.sluice.app.canary;

import io.sluice.app.canary.Search.Find;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What was found where, held against what may be found there. */
final class Matrix {

    private final Collection<Canary> canaries;
    private final Map<Sink, List<Find>> finds = new EnumMap<>(Sink.class);
    private final Map<Sink, String> notes = new EnumMap<>(Sink.class);
    private final Allowed allowed;

    Matrix(Collection<Canary> canaries, Allowed allowed) {
        this.canaries = List.copyOf(canaries);
        this.allowed = allowed;
    }

    /** What one canary's standing in one sink means. */
    enum Cell {
        NOTHING("–"),
        ALLOWED("yes, allowed"),
        /** The law gives it to the receiver, who did not get it: either the workload or the search is broken. */
        MISSING("MISSING"),
        LEAK("LEAK");

        private final String shown;

        Cell(String shown) {
            this.shown = shown;
        }
    }

    /** The whole of a sink has been searched, with this result. */
    void searched(Sink sink, List<Find> found) {
        finds.computeIfAbsent(sink, first -> new ArrayList<>()).addAll(found);
    }

    /** Says below the table what must be known of a sink. */
    void note(Sink sink, String note) {
        notes.put(sink, note);
    }

    Cell cell(Canary canary, Sink sink) {
        boolean isThere = found(sink).stream().anyMatch(find -> find.canary().equals(canary));
        if (isAllowed(canary, sink)) {
            return isThere ? Cell.ALLOWED : mustBeThere(sink) ? Cell.MISSING : Cell.NOTHING;
        }
        return isThere ? Cell.LEAK : Cell.NOTHING;
    }

    private boolean isAllowed(Canary canary, Sink sink) {
        return canary.isCatalogued()
                ? allowed.isAllowed(canary.name(), sink)
                : sink == Sink.PROBLEMS && Misuse.isNameOfMember(canary);
    }

    private static boolean mustBeThere(Sink sink) {
        return EnumSet.of(
                        Sink.STAFF,
                        Sink.PROVIDER_WIRE,
                        Sink.CARRIER_WIRE,
                        Sink.MERCHANT_WIRE,
                        Sink.PROVIDER_BOOK,
                        Sink.CARRIER_BOOK)
                .contains(sink);
    }

    private List<Find> found(Sink sink) {
        return Objects.requireNonNullElse(finds.get(sink), List.of());
    }

    /** What is wrong, one line for each find and each gap. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>();
        for (Sink sink : Sink.values()) {
            if (!finds.containsKey(sink)) {
                wrong.add(sink.title() + ": not searched");
            }
            for (Canary canary : canaries) {
                switch (cell(canary, sink)) {
                    case LEAK ->
                        found(sink).stream()
                                .filter(find -> find.canary().equals(canary))
                                .forEach(find -> wrong.add("LEAK into " + sink.title() + ": " + find));
                    case MISSING -> wrong.add("MISSING in " + sink.title() + ": " + canary.name());
                    case NOTHING, ALLOWED -> {}
                }
            }
        }
        return wrong;
    }

    /** Writes {@code matrix.md} and {@code matrix.json}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("matrix.md"), markdown());
        Files.writeString(folder.resolve("matrix.json"), json().encodePrettily());
    }

    /** Fields down, sinks across; strays that turned up nowhere share one row. */
    String markdown() {
        StringBuilder text = new StringBuilder("| |");
        for (Sink sink : Sink.values()) {
            text.append(' ').append(sink.title()).append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Sink.values().length)).append('\n');
        Set<String> clean = new TreeSet<>();
        for (Canary canary : canaries) {
            if (!canary.isCatalogued() && isNowhere(canary)) {
                clean.add(canary.name().substring(1));
            } else {
                row(text, canary);
            }
        }
        text.append("\nNot taken in, and found nowhere: ")
                .append(String.join(", ", clean))
                .append(".\n\n");
        for (Sink sink : Sink.values()) {
            text.append("- *").append(sink.title()).append("*: ").append(sink.what());
            String note = notes.get(sink);
            text.append(note == null ? ".\n" : ". " + note + "\n");
        }
        return text.toString();
    }

    private boolean isNowhere(Canary canary) {
        return finds.values().stream()
                .flatMap(List::stream)
                .noneMatch(find -> find.canary().equals(canary));
    }

    private void row(StringBuilder text, Canary canary) {
        text.append("| ")
                .append(canary.isCatalogued() ? canary.name() : canary.name().substring(1))
                .append(" |");
        for (Sink sink : Sink.values()) {
            text.append(' ').append(cell(canary, sink).shown).append(" |");
        }
        text.append('\n');
    }

    private JsonObject json() {
        JsonObject rows = new JsonObject();
        for (Canary canary : canaries) {
            JsonObject row = new JsonObject();
            for (Sink sink : Sink.values()) {
                row.put(sink.title(), cell(canary, sink).name().toLowerCase(Locale.ROOT));
            }
            rows.put(canary.name(), row);
        }
        JsonArray sinks = new JsonArray();
        for (Sink sink : Sink.values()) {
            sinks.add(new JsonObject()
                    .put("sink", sink.title())
                    .put("what", sink.what())
                    .put("note", notes.get(sink)));
        }
        return new JsonObject().put("sinks", sinks).put("matrix", rows);
    }
}
