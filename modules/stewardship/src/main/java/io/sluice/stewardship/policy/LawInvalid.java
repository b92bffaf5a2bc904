package io.sluice.stewardship.policy;

import java.util.List;

/** The file is no law: it cannot be read, or contradicts itself or the code. Names every problem with its line. */
public final class LawInvalid extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    LawInvalid(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
