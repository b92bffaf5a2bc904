package io.sluice.commerce.fraud;

import io.sluice.commerce.money.Money;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the merchant takes for a sign of fraud.
 *
 * @param window the time before an order in which its buyer's others are counted
 * @param mostOrders so many a buyer may place within it, this one included; 0: they are not counted
 * @param mostDeclined so many payments of a buyer may be declined within it; 0: they are not counted
 * @param abroadFrom by currency: from this sum on, in minor units, an order must stay in its buyer's country or be looked at
 */
public record FraudRules(Duration window, int mostOrders, int mostDeclined, Map<String, Long> abroadFrom) {

    public FraudRules {
        abroadFrom = Map.copyOf(abroadFrom);
    }

    /**
     * What is known of one order.
     *
     * @param orders of its buyer within the window, this one included
     * @param declined of those
     * @param isAbroad whether it leaves the country that its buyer lives in; false as well where that was not to be looked at
     */
    public record Evidence(long orders, long declined, boolean isAbroad) {}

    /** Whether no order is to be looked at at all. */
    public boolean isIdle() {
        return mostOrders == 0 && mostDeclined == 0 && abroadFrom.isEmpty();
    }

    /** Whether an order of that sum is one whose country matters. Of others it is not opened. */
    public boolean looksAtCountry(Money total) {
        Long from = abroadFrom.get(total.currency());
        return from != null && total.minor() >= from;
    }

    /** Why a person has to look, if one has to. */
    public Optional<Suspicion> suspicion(Evidence evidence) {
        if (mostOrders > 0 && evidence.orders() > mostOrders) {
            return Optional.of(Suspicion.MANY_ORDERS);
        }
        if (mostDeclined > 0 && evidence.declined() > mostDeclined) {
            return Optional.of(Suspicion.MANY_DECLINED);
        }
        return evidence.isAbroad() ? Optional.of(Suspicion.ABROAD) : Optional.empty();
    }
}
