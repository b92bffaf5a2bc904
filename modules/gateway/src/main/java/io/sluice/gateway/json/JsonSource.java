package io.sluice.gateway.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way through the parser: the token at hand, where it stands, and what was wrong so far. Nothing that was sent is
 * ever said back, but for the names of fields.
 */
final class JsonSource {

    /** As many places are named in an answer; whoever mends these learns of the rest. */
    static final int MOST_NAMED = 50;

    private static final int LONGEST_NAME = 64;

    private final JsonParser parser;
    private final int maxDepth;
    private final List<Object> path = new ArrayList<>(8);
    private final List<Problem.At> found = new ArrayList<>(0);
    private @Nullable RequestRefusal gravest;
    private int depth;

    /** @param parser in front of the body's first token */
    JsonSource(JsonParser parser, int maxDepth) {
        this.parser = parser;
        this.maxDepth = maxDepth;
    }

    /** The next token, which is there: what ends too early is no JSON. */
    JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
        if (token.isStructStart() && ++depth > maxDepth) {
            throw new Refused(Problems.of(RequestRefusal.TOO_DEEP));
        }
        if (token.isStructEnd()) {
            depth--;
        }
        return token;
    }

    /** Nothing may come after the body's value. */
    void end() throws IOException {
        if (parser.nextToken() != null) {
            throw new Refused(Problems.of(RequestRefusal.MALFORMED_JSON));
        }
    }

    JsonToken token() {
        return parser.currentToken();
    }

    String name() throws IOException {
        return parser.currentName();
    }

    /** The token's text; a number's digits as they were sent. */
    String text() throws IOException {
        return parser.getText();
    }

    void enter(Object nameOrIndex) {
        path.add(nameOrIndex);
    }

    void leave() {
        path.removeLast();
    }

    /** Whether nothing was wrong so far. */
    boolean isGood() {
        return gravest == null;
    }

    /** Passes over the value at hand, whatever it is, and reports it: as a card number if it holds one. */
    void refuse(String mustBe) throws IOException {
        if (skipFindingCardNumber()) {
            refuseCardNumber();
        } else {
            refuseValue(mustBe);
        }
    }

    /** Reports the value at hand, which has been read. */
    void refuseValue(String mustBe) {
        report(RequestRefusal.INVALID_FIELD, pointer(), mustBe);
    }

    void refuseCardNumber() {
        report(RequestRefusal.CARD_NUMBER, pointer(), "holds a card number");
    }

    /** Passes over the value of a field that nobody catalogued (clause A1), and reports it by its name. */
    void refuseUnknown(String name) throws IOException {
        boolean isCardNumberIn = skipFindingCardNumber();
        if (CardNumbers.isIn(name)) {
            // not even the name can be said
            refuseCardNumber();
            return;
        }
        boolean isNameable = name.length() <= LONGEST_NAME;
        if (isNameable) {
            enter(name);
        }
        if (isCardNumberIn) {
            refuseCardNumber();
        } else {
            report(
                    RequestRefusal.UNKNOWN_FIELD,
                    pointer(),
                    isNameable ? "is not a catalogued field" : "holds a field that is not catalogued");
        }
        if (isNameable) {
            leave();
        }
    }

    void missing(String name) {
        enter(name);
        report(RequestRefusal.MISSING_FIELD, pointer(), "must be there");
        leave();
    }

    /** Passes over the value at hand with all that is in it; true if a card number is. */
    boolean skipFindingCardNumber() throws IOException {
        int around = token().isStructStart() ? depth - 1 : depth;
        boolean isFound = false;
        for (JsonToken token = token(); ; token = next()) {
            isFound |= switch (token) {
                case FIELD_NAME -> CardNumbers.isIn(name());
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> CardNumbers.isIn(text());
                case START_OBJECT, START_ARRAY, END_OBJECT, END_ARRAY -> false;
                case VALUE_TRUE, VALUE_FALSE, VALUE_NULL, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT -> false;
            };
            if (depth == around) {
                return isFound;
            }
        }
    }

    // RFC 6901, 3
    private String pointer() {
        StringBuilder pointer = new StringBuilder();
        for (Object segment : path) {
            pointer.append('/').append(segment.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    private void report(RequestRefusal refusal, String pointer, String detail) {
        if (gravest == null || gravity(refusal) > gravity(gravest)) {
            gravest = refusal;
        }
        if (found.size() < MOST_NAMED) {
            found.add(new Problem.At(pointer, detail));
        }
    }

    private static int gravity(RequestRefusal refusal) {
        return switch (refusal) {
            case CARD_NUMBER -> 4;
            case UNKNOWN_FIELD -> 3;
            case MISSING_FIELD -> 2;
            default -> 1;
        };
    }

    /** Throws {@link Refused} with all that was wrong, under the gravest of its kinds. */
    void requireGood() {
        if (gravest != null) {
            throw new Refused(Problems.of(gravest.code(), found));
        }
    }
}
