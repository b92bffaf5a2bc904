/**
 * What the merchant's own systems are told of orders.
 *
 * <p>Nothing is written for it when an order changes: a feed reads the committed events by the transaction that wrote them ({@link
 * io.sluice.commerce.subscription.Feed}) and notes, for each subscription and order, up to where there is something to tell. One such
 * row is told by one node at a time, event by event, so the events of an order arrive in their order, and one that does not arrive
 * holds back the later ones of that order only. One subscription has a quarter at most of what a node has under way, so a receiver
 * that hangs holds back what it is to be told itself, and leaves room for the other ones. What is told goes over the guarded bus to
 * {@code merchant.notify}; whoever is told may be told again and recognises it by its id.
 *
 * <p>Eight tries within a day; then an event is parked, and told again only if that is asked for. What the guard refuses is no try:
 * it is held and asked again later, with the refusal as its reason. A receiver that is gone is left alone until it is enabled. If a
 * node dies, its lease runs out and another one goes on.
 *
 * <p>Start reading at {@link io.sluice.commerce.subscription.TellingVerticle}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
