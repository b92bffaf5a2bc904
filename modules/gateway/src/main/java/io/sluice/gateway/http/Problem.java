package io.sluice.gateway.http;

import java.util.List;

/**
 * A problem document (RFC 9457).
 *
 * @param code stable; the last segment of the document's {@code type}
 * @param errors where in the request; never a value that was sent
 */
public record Problem(int status, String code, String title, String detail, List<At> errors) {

    /** One place in the request, as a JSON pointer (RFC 6901), and what is wrong there. */
    public record At(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    /** Where the code is explained. */
    public String type() {
        return "/problems/" + code;
    }
}
