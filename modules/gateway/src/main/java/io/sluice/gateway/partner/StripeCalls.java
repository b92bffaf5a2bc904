package io.sluice.gateway.partner;

import io.netty.handler.codec.http.QueryStringEncoder;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.ProviderCalls.Onward;
import io.sluice.commerce.api.ProviderCalls.Sought;
import io.sluice.gateway.partner.PartnerClient.Said;
import io.sluice.gateway.webhook.stripe.StripeTerms;
import io.sluice.guard.Delivery;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe is asked, and what its answers come to.
 *
 * <p>A payment that Stripe does not know (404) is no "no": it was authorised under another account's key, and what became of it is not
 * known.
 */
final class StripeCalls {

    /** As commerce understands it: the order is authorised anew. */
    private static final String TOO_LATE = "authorisation_expired";

    private static final int DECLINED = 402;
    private static final String REUSED_KEY = "idempotency_error";
    static final Dialect DIALECT =
            new Dialect(Set.of(400, DECLINED), Map.of("stripe-version", StripeTerms.VERSION), StripeCalls::reason);
    private static final String INTENTS = "/v1/payment_intents";
    private static final String REFUNDS = "/v1/refunds";

    private StripeCalls() {}

    /** @param payment what is to be paid, how, and by which operation */
    static Future<Outcome<Parcel>> authorise(
            PartnerClient stripe, Delivery<?> delivery, UUID operationId, FormBody payment) {
        return stripe.post(delivery, INTENTS, operationId.toString(), payment).compose(said -> switch (said) {
            case Said.Yes yes -> authorisation(stripe, operationId, new Answered(yes.body()));
            case Said.No no -> no.status() == DECLINED ? declined(no) : refused(stripe, no);
        });
    }

    /** A payment that was declined is there nevertheless, and callbacks name it. */
    private static Future<Outcome<Parcel>> declined(Said.No no) {
        StripeIntent intent =
                StripeIntent.of(new Answered(no.body()).within("error").within("payment_intent"));
        return outcome(said("declined", no.code()).with(CommerceFields.REFERENCE, intent == null ? null : intent.id()));
    }

    private static Future<Outcome<Parcel>> authorisation(PartnerClient stripe, UUID operationId, Answered said) {
        StripeIntent intent = StripeIntent.of(said);
        return intent != null && intent.names(StripeTerms.AUTHORISATION, operationId)
                ? sensible(stripe, intent.authorisation())
                : stripe.nonsense();
    }

    static Future<Outcome<Parcel>> capture(PartnerClient stripe, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        Long amount = StripeTerms.UNITS.partners(asked.amount(), asked.currency());
        if (amount == null) {
            return inexpressible();
        }
        FormBody form = new FormBody()
                .with("amount_to_capture", amount)
                .with(metadata(StripeTerms.CAPTURE), asked.operationId().toString())
                .with(metadata(StripeTerms.captured(asked.operationId())), amount);
        if (!asked.isFinal()) {
            // said only where it is meant: accounts that may capture once only do not know the word
            form.with("final_capture", "false");
        }
        String path = path(asked.reference()) + "/capture";
        return stripe.inTime(stripe.post(delivery, path, asked.operationId().toString(), form)
                .compose(said -> switch (said) {
                    case Said.Yes yes -> {
                        StripeIntent intent = StripeIntent.of(new Answered(yes.body()));
                        yield sensible(stripe, intent == null ? Optional.empty() : intent.capture(asked.operationId()));
                    }
                    case Said.No no ->
                        isOfState(no)
                                ? intent(stripe, delivery, asked.reference())
                                        .compose(intent -> intent.capture(asked.operationId())
                                                .map(StripeCalls::outcome)
                                                .orElseGet(() -> failed(lapsed(intent) ? TOO_LATE : no.code())))
                                : refused(stripe, no);
                }));
    }

    /** Whether it came to its end otherwise than by an operation of ours. */
    private static boolean lapsed(StripeIntent intent) {
        return intent.isCancelled() && intent.said().within("metadata").text(StripeTerms.VOID) == null;
    }

    /** Noted first, for Stripe takes no note with the cancellation itself: its callback must not pass for a lapse. */
    static Future<Outcome<Parcel>> release(PartnerClient stripe, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        String id = asked.operationId().toString();
        String path = path(asked.reference());
        FormBody note = new FormBody().with(metadata(StripeTerms.VOID), id);
        FormBody cancellation = new FormBody().with("cancellation_reason", "abandoned");
        return stripe.inTime(stripe.post(delivery, path, id + "-note", note)
                .compose(noted -> switch (noted) {
                    case Said.Yes yes -> stripe.post(delivery, path + "/cancel", id, cancellation);
                    case Said.No no -> Future.succeededFuture(no);
                })
                .compose(said -> switch (said) {
                    case Said.Yes yes -> {
                        StripeIntent intent = StripeIntent.of(new Answered(yes.body()));
                        yield sensible(stripe, intent == null ? Optional.empty() : intent.release(asked.operationId()));
                    }
                    case Said.No no ->
                        isOfState(no)
                                ? intent(stripe, delivery, asked.reference())
                                        .compose(intent -> intent.release(asked.operationId())
                                                .map(StripeCalls::outcome)
                                                .orElseGet(() -> failed(no.code())))
                                : refused(stripe, no);
                }));
    }

    static Future<Outcome<Parcel>> refund(PartnerClient stripe, Delivery<Onward> delivery) {
        Onward asked = delivery.view();
        Long amount = StripeTerms.UNITS.partners(asked.amount(), asked.currency());
        if (amount == null) {
            return inexpressible();
        }
        FormBody form = new FormBody()
                .with("payment_intent", PathSegment.of(StripeTerms.intent(asked.reference())))
                .with("amount", amount)
                .with(metadata(StripeTerms.REFUND), asked.operationId().toString());
        return stripe.post(delivery, REFUNDS, asked.operationId().toString(), form)
                .compose(said -> switch (said) {
                    case Said.Yes yes -> {
                        StripeRefund refund = new StripeRefund(new Answered(yes.body()));
                        yield refund.isOf(asked.operationId()) ? sensible(stripe, refund.answer()) : stripe.nonsense();
                    }
                    case Said.No no -> refused(stripe, no);
                });
    }

    /**
     * Stripe cannot be asked by an idempotency key. What works on something is asked for where it works; that is never behind.
     *
     * <p>Only an authorisation has to be searched for, and the search is behind by a minute, in bad hours by more. It is safe all the same
     * to call absent what it does not find: commerce then sends the same operation under the same key. For a day Stripe answers that
     * with what it answered first, and does nothing; after a day whatever there is has long been found.
     */
    static Future<Outcome<Parcel>> lookUp(PartnerClient stripe, Delivery<Sought> delivery) {
        Sought sought = delivery.view();
        String reference = sought.reference();
        if (reference == null) {
            return search(stripe, delivery, sought.operationId());
        }
        if (StripeTerms.isCapture(reference)) {
            return refunds(stripe, delivery, sought.operationId(), StripeTerms.intent(reference), null);
        }
        return intent(stripe, delivery, reference)
                .map(intent -> Outcome.done(intent.capture(sought.operationId())
                        .or(() -> intent.release(sought.operationId()))
                        .orElseGet(StripeCalls::absent)));
    }

    private static Future<Outcome<Parcel>> search(PartnerClient stripe, Delivery<?> delivery, UUID operationId) {
        QueryStringEncoder query = new QueryStringEncoder(INTENTS + "/search");
        query.addParam("query", "metadata['" + StripeTerms.AUTHORISATION + "']:'" + operationId + "'");
        return found(stripe, stripe.lookUp(delivery, query.toString()), "search_result")
                .compose(page -> switch (page.things().size()) {
                    case 0 -> outcome(absent());
                    case 1 -> authorisation(stripe, operationId, page.things().getFirst());
                    // one key made two payments: nobody can say which of them is meant
                    default -> stripe.nonsense();
                });
    }

    private static Future<Outcome<Parcel>> refunds(
            PartnerClient stripe, Delivery<?> delivery, UUID operationId, String intent, @Nullable String after) {
        QueryStringEncoder query = new QueryStringEncoder(REFUNDS);
        query.addParam("payment_intent", PathSegment.of(intent));
        query.addParam("limit", "100");
        if (after != null) {
            query.addParam("starting_after", after);
        }
        return found(stripe, stripe.lookUp(delivery, query.toString()), "list").compose(page -> {
            List<StripeRefund> refunds =
                    page.things().stream().map(StripeRefund::new).toList();
            Optional<StripeRefund> own =
                    refunds.stream().filter(one -> one.isOf(operationId)).findFirst();
            if (own.isPresent()) {
                return sensible(stripe, own.get().answer());
            }
            String last = refunds.isEmpty() ? null : refunds.getLast().id();
            if (!page.hasMore()) {
                return outcome(absent());
            }
            return last == null ? stripe.nonsense() : refunds(stripe, delivery, operationId, intent, last);
        });
    }

    private record Page(List<Answered> things, boolean hasMore) {}

    private static Future<Page> found(PartnerClient stripe, Future<Said> asked, String kind) {
        return asked.compose(said -> {
            Answered answer = said instanceof Said.Yes yes ? new Answered(yes.body()) : null;
            List<Answered> things = answer == null || !kind.equals(answer.text("object")) ? null : answer.list("data");
            return answer == null || things == null
                    ? stripe.nonsense() // a "no" to a question says nothing of the operation
                    : Future.succeededFuture(new Page(things, answer.isTrue("has_more")));
        });
    }

    /** A payment intent as it stands now. */
    private static Future<StripeIntent> intent(PartnerClient stripe, Delivery<?> delivery, String reference) {
        return stripe.lookUp(delivery, path(reference)).compose(said -> {
            StripeIntent intent = said instanceof Said.Yes yes ? StripeIntent.of(new Answered(yes.body())) : null;
            return intent == null || !intent.id().equals(reference)
                    ? stripe.nonsense()
                    : Future.succeededFuture(intent);
        });
    }

    private static String path(String reference) {
        return INTENTS + "/" + PathSegment.of(reference);
    }

    static String metadata(String name) {
        return "metadata[" + name + "]";
    }

    private static @Nullable String reason(Answered body) {
        Answered error = body.within("error");
        if (REUSED_KEY.equals(error.text("type"))) {
            return REUSED_KEY;
        }
        String byTheBank = error.text("decline_code");
        return byTheBank == null ? error.text("code") : byTheBank;
    }

    /** The payment is not where we thought: what became of the operation only the payment itself can tell. */
    private static boolean isOfState(Said.No no) {
        return no.status() == 400
                && (no.code().equals("payment_intent_unexpected_state")
                        || no.code().equals("intent_invalid_state")
                        || no.code().equals("charge_already_captured"));
    }

    private static Future<Outcome<Parcel>> refused(PartnerClient stripe, Said.No no) {
        if (no.status() == DECLINED) {
            return outcome(said("declined", no.code()));
        }
        return switch (no.code()) {
            case "charge_expired_for_capture", "capture_charge_authorization_expired" -> failed(TOO_LATE);
            case "rate_limit", "lock_timeout" -> stripe.unavailable();
            // the key's first use may have had its effect
            case REUSED_KEY, "idempotency_key_in_use" -> stripe.nonsense();
            default -> failed(no.code());
        };
    }

    private static Future<Outcome<Parcel>> sensible(PartnerClient stripe, Optional<Parcel> answer) {
        return answer.map(StripeCalls::outcome).orElseGet(stripe::nonsense);
    }

    /** Stripe counts this currency too coarsely for it. Nothing was asked. */
    static Future<Outcome<Parcel>> inexpressible() {
        return failed("amount_inexpressible");
    }

    private static Future<Outcome<Parcel>> failed(String code) {
        return outcome(said("failed", code));
    }

    private static Parcel said(String word, String code) {
        return Parcel.plain().with(CommerceFields.STATUS, word).with(CommerceFields.REASON, code);
    }

    private static Parcel absent() {
        return Parcel.plain().with(CommerceFields.STATUS, "absent");
    }

    private static Future<Outcome<Parcel>> outcome(Parcel parcel) {
        return Future.succeededFuture(Outcome.done(parcel));
    }
}
