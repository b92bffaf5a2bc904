package io.sluice.commerce.fraud;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a person has to look at an order before it goes out. */
public enum Suspicion {
    /** Its buyer has placed more within the window than people do. */
    MANY_ORDERS("fraud.many-orders"),
    /** More of its buyer's payments were declined within the window than people's are: somebody may be trying out cards. */
    MANY_DECLINED("fraud.many-declined"),
    /** It is dear, and goes to another country than its buyer lives in. */
    ABROAD("fraud.abroad"),
    /** The buyer has objected to being looked at by rule (GDPR, Article 21). */
    OBJECTED("fraud.objected");

    private final String code;

    Suspicion(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The suspicion of that code; empty if there is none. */
    public static Optional<Suspicion> of(@Nullable String code) {
        return Stream.of(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
