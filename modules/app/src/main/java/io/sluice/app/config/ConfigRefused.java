package io.sluice.app.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; names every reason at once. An answer to the operator, so without a stack trace. */
public final class ConfigRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    ConfigRefused(List<Problem> problems) {
        super(message(problems), null, false, false);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        String heading = problems.size() == 1
                ? "Sluice does not start: its configuration has a problem."
                : "Sluice does not start: its configuration has " + problems.size() + " problems.";
        return problems.stream()
                .map(each -> "  " + each)
                .collect(Collectors.joining("\n", heading + "\n", "\nEvery key is explained in config/sluice.yaml."));
    }
}
