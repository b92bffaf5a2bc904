package io.sluice.gateway.http;

import io.sluice.commerce.ordering.OrderRefusal;
import io.sluice.commerce.subscription.SubscriptionRefusal;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.guard.Outcome;
import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.Refusal;
import io.sluice.stewardship.api.AccountRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The one table that turns refusals into problem documents: every refusal of every room has its line. */
public final class Problems {

    /** What a refusal is over HTTP. */
    public record Line(int status, String title, String detail) {}

    // said wherever an answer may have got lost between the work and us: a commit's, or a reply's on the bus
    private static final String NOT_KNOWN =
            " Whether it was done is not known. Send the same request again, with the same"
                    + " Idempotency-Key if it had one: that is safe. What only reads can simply be tried again.";
    private static final String OURS = "The failure is ours and has been recorded." + NOT_KNOWN;

    private static final Map<String, Line> LINES = new HashMap<>();

    static {
        for (RequestRefusal refusal : RequestRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (OrderRefusal refusal : OrderRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (PrivacyRefusal refusal : PrivacyRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (SignInRefusal refusal : SignInRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (AccountRefusal refusal : AccountRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (SubscriptionRefusal refusal : SubscriptionRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
        for (WebhookRefusal refusal : WebhookRefusal.values()) {
            LINES.put(refusal.code(), line(refusal));
        }
    }

    private Problems() {}

    /** Every refusal that can reach a client. */
    static Stream<Refusal> refusals() {
        return Stream.<Refusal[]>of(
                        RequestRefusal.values(),
                        OrderRefusal.values(),
                        PrivacyRefusal.values(),
                        SignInRefusal.values(),
                        AccountRefusal.values(),
                        SubscriptionRefusal.values(),
                        WebhookRefusal.values())
                .flatMap(Stream::of);
    }

    /** How a code is explained to whoever looks it up. */
    static Optional<Line> explained(String code) {
        return Optional.ofNullable(LINES.get(code));
    }

    public static Problem of(Refusal refusal, Problem.At... errors) {
        return of(refusal.code(), List.of(errors));
    }

    /** What a room has refused, in the API's words. */
    public static Problem of(Outcome.Refused<?> refused) {
        return of(
                refused.code(),
                refused.at().stream()
                        .map(pointer -> new Problem.At(pointer, refused.code()))
                        .toList());
    }

    /** The problem of a refusal's code. A code that nobody listed is our own failure. */
    public static Problem of(String code, List<Problem.At> errors) {
        Line line = LINES.get(code);
        return line == null
                ? of(RequestRefusal.FAILED)
                : new Problem(line.status(), code, line.title(), line.detail(), errors);
    }

    private static Line line(RequestRefusal refusal) {
        return switch (refusal) {
            case MALFORMED_JSON -> new Line(400, "Not JSON", "The body is not valid JSON in UTF-8.");
            case TOO_DEEP -> new Line(400, "Nested too deep", "The body nests deeper than any request needs to.");
            case TOO_LARGE -> new Line(413, "Too large", "The body is larger than any request needs to be.");
            case UNSUPPORTED_MEDIA_TYPE ->
                new Line(415, "Unsupported media type", "Send the body as application/json.");
            case INVALID_FIELD -> new Line(422, "Invalid field", "Correct the fields named under errors.");
            case UNKNOWN_FIELD ->
                new Line(
                        422,
                        "Unknown field",
                        "Leave out the fields named under errors: only catalogued fields are accepted.");
            case MISSING_FIELD -> new Line(422, "Missing field", "Add the fields named under errors.");
            case CARD_NUMBER ->
                new Line(
                        422,
                        "Card number",
                        "Card numbers are never accepted. Send the payment method's token instead.");
            case INVALID_PARAMETER ->
                new Line(400, "Invalid parameter", "Correct the query or path parameters named under errors.");
            case MISSING_HEADER -> new Line(400, "Missing header", "Send the header named under errors.");
            case INVALID_HEADER -> new Line(400, "Invalid header", "Correct the header named under errors.");
            case PRECONDITION_MISSING ->
                new Line(428, "Precondition missing", "Say in If-Match which ETag of it you have seen.");
            case NO_SUCH_RESOURCE -> new Line(404, "Not found", "There is nothing at this address.");
            case METHOD_NOT_ALLOWED -> new Line(405, "Method not allowed", "This address does not know that method.");
            case IDEMPOTENCY_KEY_MISSING ->
                new Line(400, "Idempotency-Key missing", "Send an Idempotency-Key, a new one for each new request.");
            case IDEMPOTENCY_KEY_INVALID ->
                new Line(400, "Idempotency-Key invalid", "An Idempotency-Key is 1 to 255 visible ASCII characters.");
            case PURPOSE_NOT_OF_CALL ->
                new Line(403, "Not the purpose of this call", "Name the purpose that this call works for.");
            case TOO_MANY ->
                new Line(
                        429,
                        "Too many requests",
                        "These are more requests than you may make in so short a time, and nothing was done. Send it again"
                                + " after the time given, and the following ones more slowly.");
            case OVERLOADED ->
                new Line(
                        503,
                        "Busy",
                        "Too much is in hand at the moment, and nothing was done. Try again after the time given.");
            case UNAVAILABLE -> new Line(503, "Unavailable", "Something needed is away for now." + NOT_KNOWN);
            case NOT_ANSWERED ->
                new Line(503, "No answer in time", "Something needed did not answer in time." + NOT_KNOWN);
            case FAILED -> new Line(500, "Failed", OURS);
        };
    }

    private static Line line(OrderRefusal refusal) {
        return switch (refusal) {
            case UNKNOWN_SKU -> new Line(422, "Unknown SKU", "The products named under errors are not on offer.");
            case CURRENCY_MISMATCH ->
                new Line(
                        422,
                        "Currency mismatch",
                        "All amounts are in the currency of the products, one for the whole order.");
            case STOCK_EXHAUSTED ->
                new Line(
                        409, "Stock exhausted", "There is not enough of what is named under errors; nothing was held.");
            case DESTINATION_NOT_SERVED ->
                new Line(
                        422,
                        "Not sold there",
                        "Nothing can be sold to that place, at least not in this currency. If a region is pointed at, name it by its"
                                + " ISO 3166-2 code, such as CA.");
            case COSTS_OTHERWISE ->
                new Line(
                        409,
                        "Costs something else there",
                        "Shipping and tax of that address differ from what was agreed on. Cancel the order, or what is left of it, and"
                                + " order anew.");
            case AMOUNT_OUT_OF_RANGE -> new Line(422, "Amount out of range", "The order's sum is zero or too large.");
            case NOT_FOUND -> new Line(404, "No such order", "There is no such order of yours.");
            case NOT_CANCELLABLE ->
                new Line(
                        409,
                        "Not cancellable",
                        "It is in a parcel, or the order has come to its end. A return is possible.");
            case LINE_UNCLEAR ->
                new Line(422, "Unclear line", "Name each line once, by its place in the order, counted from 0.");
            case QUANTITY_RAISED ->
                new Line(422, "Quantity raised", "An order can only get smaller. Place another one for more.");
            case NOT_DISPATCHABLE ->
                new Line(
                        409,
                        "Not dispatchable",
                        "The order is not confirmed, or so many pieces are not left to be sent.");
            case NOT_READDRESSABLE ->
                new Line(
                        409,
                        "Not readdressable",
                        "Nothing of the order is left to be sent, or the carrier is being told where to.");
            case CHANGED_MEANWHILE ->
                new Line(412, "Changed meanwhile", "It is not as you have seen it. Look at it again, then decide.");
            case NOT_REVIEWABLE ->
                new Line(
                        409,
                        "Not reviewable",
                        "The order has come to its end, or its books and a partner's do not agree and nothing has gone out: it can be cancelled.");
            case NOT_RETURNABLE ->
                new Line(
                        409,
                        "Return not possible",
                        "Only pieces that have arrived, and that no other return is about, can come back.");
            case RETURN_NOT_FOUND -> new Line(404, "Return not found", "The order has no such return.");
            case RETURN_ELSEWHERE ->
                new Line(
                        409,
                        "Return is elsewhere",
                        "From where the return stands it does not go there; look at it first.");
            case NOTHING_OWED -> new Line(409, "Nothing owed", "Nothing has gone out yet, so nothing is owed.");
            case TOO_MANY_STEPS ->
                new Line(409, "Too many steps", "The order has as many payments, parcels and refunds as it can have.");
            case REFUND_EXCEEDS_CAPTURED ->
                new Line(409, "Refund too large", "It is more than was taken and has not been given back yet.");
            case KEY_REUSED ->
                new Line(422, "Idempotency-Key reused", "This key was used with another request. Use a new one.");
            case CURSOR_INVALID -> new Line(400, "Invalid cursor", "Use a cursor as it was given, or none.");
        };
    }

    private static Line line(PrivacyRefusal refusal) {
        return switch (refusal) {
            case PURPOSE_NOT_PERMITTED ->
                new Line(403, "Purpose not permitted", "You have not permitted, or no longer permit, what this needs.");
            case AGREEMENT_NOT_VALID ->
                new Line(503, "Partner not available", "No agreement with the partner is valid at the moment.");
            case SUBJECT_UNKNOWN, SUBJECT_ERASED ->
                new Line(404, "No such person", "The person is not, or no longer, known.");
            case OVERLOADED, TOO_LATE, SNAPSHOT_STALE, LAW_UNCERTAIN ->
                // a reply is decided about too, after the work
                new Line(503, "Busy", "It could not be decided in time." + NOT_KNOWN);
            case NOT_A_PARCEL, NO_CONTRACT, PURPOSE_MISMATCH, VIEW_INCOMPLETE, FIELD_NOT_OPENED ->
                new Line(500, "Failed", OURS);
        };
    }

    private static Line line(SignInRefusal refusal) {
        return switch (refusal) {
            case TOKEN_MISSING -> new Line(401, "Not signed in", "Send an access token: Authorization: Bearer …");
            case TOKEN_INVALID ->
                new Line(401, "Token not valid", "Sign in, or refresh the session, for a new access token.");
            case CREDENTIALS_WRONG ->
                new Line(401, "Not signed in", "E-mail address and password do not belong together.");
            case REFRESH_REFUSED -> new Line(401, "Session over", "Sign in again.");
            case TOO_MANY_ATTEMPTS -> new Line(429, "Too many attempts", "Wait for the time given, then try again.");
            case ROLE_MISSING -> new Line(403, "Not permitted", "Your role does not allow this.");
        };
    }

    private static Line line(AccountRefusal refusal) {
        return switch (refusal) {
            case ACCOUNT_UNKNOWN ->
                new Line(401, "Not signed in", "E-mail address and password do not belong together.");
            case SUBJECT_UNKNOWN -> new Line(404, "No such person", "The person is not, or no longer, known.");
            case SESSION_ENDED, TOKEN_REUSED -> new Line(401, "Session over", "Sign in again.");
            case POLICY_NOT_IN_FORCE ->
                new Line(422, "Policy not in force", "Consent is given to the policy in force: see /v1/policy.");
            case PURPOSE_UNKNOWN ->
                new Line(422, "Unknown purpose", "There is no such purpose, and there will be no other.");
            case PURPOSE_TWICE -> new Line(422, "Purpose named twice", "Name each purpose once.");
            case PURPOSE_NEEDED ->
                new Line(
                        409,
                        "Purpose needed",
                        "An account cannot be without it. You may have the account erased instead.");
        };
    }

    private static Line line(SubscriptionRefusal refusal) {
        return switch (refusal) {
            case NOT_FOUND -> new Line(404, "No such subscription", "There is no such subscription.");
            case TOO_MANY -> new Line(409, "Too many subscriptions", "Delete one that is not needed any more.");
            case ROTATED_TOO_OFTEN ->
                new Line(
                        409,
                        "Rotated too often",
                        "Three secrets sign side by side. Wait until the oldest of them has run out.");
        };
    }

    private static Line line(WebhookRefusal refusal) {
        if (refusal == WebhookRefusal.NOT_TAKEN) {
            return new Line(
                    refusal.status(),
                    "Callback not acknowledged",
                    "Whether the callback was taken is not known. Send it again: a repeat is recognised.");
        }
        return new Line(refusal.status(), "Callback refused", "The callback was not taken: " + refusal.code() + ".");
    }
}
