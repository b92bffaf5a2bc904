package io.sluice.gateway.order;

import io.sluice.gateway.http.Problem;
import io.sluice.gateway.http.Problems;
import io.sluice.gateway.http.Refused;
import io.sluice.gateway.http.RequestRefusal;
import io.sluice.gateway.json.CardNumbers;
import io.sluice.kernel.Purpose;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** Whoever looks at a person's order says what for, and in which case; whether the case is one is not looked at yet. */
final class StaffCase {

    private static final Pattern CASE = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private StaffCase() {}

    /** Throws {@link Refused} unless the request names this purpose and a case. */
    static void require(RoutingContext http, Purpose purpose) {
        String said = requireHeader(http, "Purpose", "must be " + purpose.id());
        String reference = requireHeader(http, "Case", "must name an open case");
        if (CardNumbers.isIn(said) || CardNumbers.isIn(reference)) {
            throw new Refused(Problems.of(RequestRefusal.CARD_NUMBER));
        }
        if (!CASE.matcher(reference).matches()) {
            throw new Refused(
                    Problems.of(RequestRefusal.INVALID_HEADER, new Problem.At("Case", "must name an open case")));
        }
        if (!purpose.id().equals(said)) {
            throw new Refused(Problems.of(
                    RequestRefusal.PURPOSE_NOT_OF_CALL, new Problem.At("Purpose", "must be " + purpose.id())));
        }
    }

    private static String requireHeader(RoutingContext http, String name, String mustBe) {
        String value = http.request().getHeader(name);
        if (value == null || value.isBlank()) {
            throw new Refused(Problems.of(RequestRefusal.MISSING_HEADER, new Problem.At(name, mustBe)));
        }
        return value;
    }
}
