package io.sluice.commerce.ordering;

/**
 * What the merchant has decided once for all orders.
 *
 * @param autoDispatch whether an authorised order goes to the carrier by itself; if not, it is confirmed and waits
 */
public record OrderRules(boolean autoDispatch) {}
