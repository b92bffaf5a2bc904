/**
 * The sandbox partners: a payment provider and a carrier as HTTP servers of their own, with ports, keys and books of their
 * own. They stand for the outer world, so that a shop can be run and tested without one.
 *
 * <p>This room never calls another room of Sluice, never reads its database and knows nothing of an order but what it is
 * told over HTTP. Nobody enters but over HTTP; {@code app} starts it by {@link io.sluice.app.sandbox.SandboxPartners}.
 *
 * <h2>What both have in common</h2>
 *
 * <p>{@code Authorization: Bearer <api key>} (else 401) and, on every POST, {@code Idempotency-Key} of 1 to 255 visible
 * characters (else 400). The first answer to a key is given again, word for word, whatever else the request says: also to
 * another path and after a restart. Requests that are refused outright (4xx, {@code application/problem+json}) had no
 * effect and do not use the key up. Every effect is a line in the partner's book, on disk before the answer leaves.
 *
 * <p>Callbacks go to {@code <base>/v1/webhooks/payments/sandbox} and {@code <base>/v1/webhooks/carriers/sandbox}, signed as
 * Standard Webhooks 1.0.0 say ({@code webhook-id}, {@code webhook-timestamp}, {@code webhook-signature}, scheme v1):
 * {@code {"type": "<kind>.<status>", "timestamp": …, "data": {<the operation or parcel>}}}. They are sent again, under the
 * same id, until a 2xx comes; after the last try they are parked, {@code GET /v1/callbacks} shows them, and
 * {@code POST /v1/callbacks/retries} sends them again.
 *
 * <h2>The provider</h2>
 *
 * <pre>
 * POST /v1/authorisations                {amount, currency, method, reference}
 * POST /v1/authorisations/{id}/captures  {amount, final?}    final releases what is left
 * POST /v1/authorisations/{id}/voids     {amount?}           without amount: all that is left
 * POST /v1/captures/{id}/refunds         {amount}
 * GET  /v1/operations?idempotency_key=K  what became of it: 200 the operation as it stands now, or 404: never had it
 * GET  /v1/challenges/{id}               the bank's page; POST {"outcome": "success"|"failure"} answers it; no key needed
 * </pre>
 *
 * <p>Answer (201): {@code {id, kind, status, amount, currency, reference, idempotency_key, decline_code?, next_action?}} with
 * kind {@code authorisation|capture|void|refund}, status {@code succeeded|declined|requires_action|failed} and
 * next_action {@code {"type": "redirect", "url": …}}. What money does not allow (too much, already released) is an operation
 * of status {@code failed}, not a refused request.
 *
 * <p>Methods: {@code pm_card_visa} and {@code pm_card_mastercard} work. {@code pm_card_declined}, and every unknown one, is
 * declined. {@code pm_card_3ds} requires action. {@code pm_card_timeout_before}: the first attempt with a key hangs and
 * nothing is done; a lookup says 404; the same key sent again succeeds. {@code pm_card_timeout_after}: it is done, but the
 * first attempt hangs; a lookup, or the same key sent again, tells. {@code pm_card_slow} is done at once and answered
 * late. With {@code pm_card_capture_fails} and {@code pm_card_refund_fails} the capture or refund fails for good. How many
 * attempts hang is a setting; they are counted in memory, so that a restart begins anew.
 *
 * <p>What nobody takes of an authorisation lapses in its time: a callback {@code authorisation.expired} says so, and a capture after
 * that has the decline code {@code authorisation_expired}. With {@code pm_card_capture_fails_late} and {@code
 * pm_card_refund_fails_late} it succeeds and a while later is {@code reversed}. With {@code pm_card_disputed} the buyer's bank takes
 * the capture back ({@code chargeback.opened}, with the capture's idempotency key and an id of its own); with {@code
 * pm_card_dispute_won} it gives it back again ({@code chargeback.won}), with {@code pm_card_dispute_lost} it keeps it for good ({@code
 * chargeback.lost}). {@code pm_card_declined_again} works once for each reference.
 *
 * <h2>The provider in Stripe's words</h2>
 *
 * <p>The same provider, books, methods and faults under Stripe's API (version 2026-07-29), on the same port and under the same key, so
 * that the adapter to Stripe runs end to end without the internet: point {@code payments.stripe.url} at it, and give both sections the same
 * key and secret.
 *
 * <pre>
 * POST /v1/payment_intents               amount, currency, payment_method, capture_method=manual, confirm=true, metadata
 * POST /v1/payment_intents/{id}          metadata
 * POST /v1/payment_intents/{id}/capture  amount_to_capture, final_capture, metadata
 * POST /v1/payment_intents/{id}/cancel   cancellation_reason
 * GET  /v1/payment_intents/{id}, GET /v1/payment_intents/search?query=metadata['name']:'value'
 * POST /v1/refunds                       payment_intent, amount, metadata
 * GET  /v1/refunds/{id}, GET /v1/refunds?payment_intent=ID
 * </pre>
 *
 * <p>Forms in, Stripe's objects and errors out. A key's first answer is given again with {@code Idempotent-Replayed}; another request
 * under it is refused, and so is one that comes while the first is under way (409). What was asked for so is called back about by
 * Stripe's events, to {@code <base>/v1/webhooks/payments/stripe}, signed by {@code Stripe-Signature}. Amounts are in Stripe's units, in the
 * book too. {@code metadata[order_id]} is the shop's word for it. Captures do not fail late here: at Stripe a card's do not. A dispute
 * names payment intent and charge: {@code charge.dispute.created} and {@code charge.dispute.funds_withdrawn} when it is opened, {@code
 * charge.dispute.closed} at its end, and {@code charge.dispute.funds_reinstated} where it is won.
 *
 * <h2>The carrier</h2>
 *
 * <pre>
 * POST /v1/parcels                      {reference, recipient: {name, line1, line2?, city, region?, postcode, country, phone?},
 *                                        items?: {count?, weight?}}      items are not looked at
 * POST /v1/parcels/{id}/cancellations   possible until the parcel moves (else 409)
 * GET  /v1/parcels?idempotency_key=K    200 the parcel as it stands now, or 404
 * </pre>
 *
 * <p>Answer (201): {@code {id, tracking_number, status, reference, idempotency_key}} with status {@code accepted |
 * cancelled}, later {@code in_transit | out_for_delivery | delivered}. A name or line2 of {@code CARRIER REFUSES} is refused
 * (422); with {@code CARRIER HANGS} the parcel is taken but the first attempt is not answered. At their rates, parcels
 * are refused whoever they are for, come by {@code exception} to {@code out_for_delivery}, end {@code lost} after {@code
 * in_transit}, or go from {@code out_for_delivery} to {@code returning} and {@code returned}.
 *
 * <h2>The fault switchboard</h2>
 *
 * <p>{@link io.sluice.app.sandbox.Fault} names what may go wrong, {@link io.sluice.app.sandbox.SandboxFaults} how often:
 * callbacks twice, late, overtaken; requests and look-ups answered 500, requests that hang before or after they had their
 * effect; and whatever the methods above ask for, with methods that ask for nothing. Each strikes or not by the seed and
 * the idempotency key alone. A fault of a first attempt does not strike the second.
 *
 * <h2>Books, failure, time-outs</h2>
 *
 * <p>{@code provider.ndjson} and {@code carrier.ndjson} hold one line per effect ({@code authorised, declined, challenged,
 * captured, capture_failed, noted, voided, void_failed, refunded, refund_failed, authorisation_expired, capture_reversed,
 * refund_reversed, charged_back, chargeback_won, chargeback_lost}; {@code accepted, cancelled, in_transit,
 * out_for_delivery, delivered, exception, lost, returning, returned}). They are all that a partner remembers: a restart reads them, drops a torn last line, and
 * goes on with what was open. A book that cannot be written ends all answers with 503 until a restart. Which callbacks have
 * arrived stands in {@code *-callbacks.ndjson}; losing its tail costs duplicates only. A dead receiver costs callbacks'
 * time, never an answer.
 *
 * <p>Each partner lives on one event loop, which owns its state: nothing is locked. Start reading at {@link
 * io.sluice.app.sandbox.Acquirer}, {@link io.sluice.app.sandbox.ProviderTrade} and {@link io.sluice.app.sandbox.StripeFront}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.sandbox;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
