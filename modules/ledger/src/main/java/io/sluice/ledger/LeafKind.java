package io.sluice.ledger;

import io.sluice.kernel.Use;

/** What a leaf is about. The list will grow; a word once used keeps its meaning. */
enum LeafKind {
    /** A delivery inside. */
    USE("use"),
    /** A delivery to a partner outside. */
    DISCLOSURE("disclosure"),
    /** A delivery that was not made. */
    REFUSAL("refusal");

    private final String word;

    LeafKind(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static LeafKind of(Use use) {
        if (!use.decision().equals(Use.PERMIT)) {
            return REFUSAL;
        }
        return use.isDisclosure() ? DISCLOSURE : USE;
    }

    static LeafKind named(String word) {
        for (LeafKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of leaf: " + word);
    }
}
