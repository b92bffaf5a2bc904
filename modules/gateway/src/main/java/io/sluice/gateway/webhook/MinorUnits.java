package io.sluice.gateway.webhook;

import java.util.Currency;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a partner counts money in, where that is not the minor unit of ISO 4217.
 *
 * @param decimals by currency, those in which the partner departs from the standard
 */
public record MinorUnits(Map<String, Integer> decimals) {

    public MinorUnits {
        decimals = Map.copyOf(decimals);
    }

    /** The partner's amount in minor units of ISO 4217; null if it is not a whole number of them, or too large. */
    public @Nullable Long standard(long amount, String currency) {
        Integer theirs = decimals.get(currency);
        return theirs == null ? Long.valueOf(amount) : scaled(amount, theirs, ours(currency));
    }

    /** An amount in minor units of ISO 4217 as the partner counts it; null if that is not a whole number, or too large. */
    public @Nullable Long partners(long amount, String currency) {
        Integer theirs = decimals.get(currency);
        return theirs == null ? Long.valueOf(amount) : scaled(amount, ours(currency), theirs);
    }

    private static int ours(String currency) {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    private static @Nullable Long scaled(long amount, int from, int to) {
        long factor = powerOfTen(Math.abs(to - from));
        if (to < from) {
            return amount % factor == 0 ? amount / factor : null;
        }
        return amount <= Long.MAX_VALUE / factor ? amount * factor : null;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
