package io.sluice.gateway.http;

import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Path and query parameters, held to their formats. Throws {@link Refused}. */
public final class Parameters {

    private static final int DEFAULT_PAGE = 20;
    private static final int LARGEST_PAGE = 100;
    private static final int LONGEST_CURSOR = 200;

    private Parameters() {}

    /** An id in the path. What is none is the id of nothing. */
    public static UUID id(RoutingContext http, String name) {
        String text = String.valueOf(http.pathParam(name));
        try {
            UUID id = UUID.fromString(text);
            // the parser is lenient about missing zeros; one thing has one address
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException notAnId) {
            throw new Refused(Problems.of(RequestRefusal.NO_SUCH_RESOURCE));
        }
        throw new Refused(Problems.of(RequestRefusal.NO_SUCH_RESOURCE));
    }

    /** How many items a page may hold. */
    public static long limit(RoutingContext http) {
        String text = http.request().getParam("limit");
        if (text == null) {
            return DEFAULT_PAGE;
        }
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST_PAGE) {
            throw invalid("limit", "must be an integer from 1 to " + LARGEST_PAGE);
        }
        return Integer.parseInt(text);
    }

    /** Where a list goes on. */
    public static @Nullable String cursor(RoutingContext http) {
        String text = http.request().getParam("cursor");
        if (text != null && (text.isEmpty() || text.length() > LONGEST_CURSOR)) {
            throw invalid("cursor", "must be a cursor as it was given");
        }
        return text;
    }

    /** A whole number that is not negative. */
    public static long number(RoutingContext http, String name) {
        String text = http.request().getParam(name);
        if (text == null || !text.matches("[0-9]{1,18}")) {
            throw invalid(name, "must be a whole number");
        }
        return Long.parseLong(text);
    }

    /** An id in the query. */
    public static UUID queryId(RoutingContext http, String name) {
        String text = String.valueOf(http.request().getParam(name));
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw invalid(name, "must be an id");
        }
        return UUID.fromString(text);
    }

    /** Says no to a parameter. */
    public static Refused invalid(String name, String mustBe) {
        return new Refused(Problems.of(RequestRefusal.INVALID_PARAMETER, new Problem.At("?" + name, mustBe)));
    }
}
