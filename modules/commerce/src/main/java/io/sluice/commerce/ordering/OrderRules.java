package io.sluice.commerce.ordering;

import io.sluice.commerce.pricing.Tariff;
import java.time.Duration;

/**
 * What the merchant has decided once for all orders.
 *
 * @param autoDispatch whether an authorised order goes to the carrier by itself; if not, it is confirmed and waits
 * @param reviewWithin so long staff may take to look at an order that waits for them; then it is cancelled, if nothing has gone out
 * @param authorisedFor so long the provider lets an authorisation stand
 * @param tariff what orders cost beyond their goods
 */
public record OrderRules(boolean autoDispatch, Duration reviewWithin, Duration authorisedFor, Tariff tariff) {}
