package io.sluice.stewardship.policy;

import java.util.Arrays;
import java.util.Optional;

/** On what legal basis a purpose rests (GDPR, Article 6(1)). */
public enum Basis {
    /** What the contract with the person needs: Article 6(1)(b). */
    CONTRACT("contract", true),
    /** An interest of the shop's that the person may object to: Article 6(1)(f). */
    LEGITIMATE_INTEREST("legitimate_interest", true),
    /** Only if the person said yes: Article 6(1)(a). */
    CONSENT("consent", false);

    private final String id;
    private final boolean permitsUnasked;

    Basis(String id, boolean permitsUnasked) {
        this.id = id;
        this.permitsUnasked = permitsUnasked;
    }

    public String id() {
        return id;
    }

    /** Whether the purpose is permitted as long as the person has said nothing about it. */
    public boolean permitsUnasked() {
        return permitsUnasked;
    }

    static Optional<Basis> of(String id) {
        return Arrays.stream(values()).filter(basis -> basis.id.equals(id)).findFirst();
    }
}
