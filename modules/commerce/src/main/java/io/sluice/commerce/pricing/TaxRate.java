package io.sluice.commerce.pricing;

import java.math.BigDecimal;

/**
 * A rate of tax on sales. Of 8.875 % there are 8875.
 *
 * @param thousandths of a percent
 */
public record TaxRate(int thousandths) {

    private static final int DECIMALS = 3;
    private static final long WHOLE = 100_000;

    public TaxRate {
        if (thousandths < 0 || thousandths > WHOLE) {
            throw new IllegalArgumentException("a rate of tax lies between 0 and 100 percent");
        }
    }

    /** Throws if it is finer than thousandths of a percent, or out of range. */
    public static TaxRate ofPercent(BigDecimal percent) {
        return new TaxRate(percent.movePointRight(DECIMALS).intValueExact());
    }

    public BigDecimal percent() {
        BigDecimal percent = BigDecimal.valueOf(thousandths, DECIMALS).stripTrailingZeros();
        return percent.scale() < 0 ? percent.setScale(0) : percent;
    }

    /** The tax that comes on top of an amount without it, halves up. */
    long onTopOf(long net) {
        return rounded(Math.multiplyExact(net, thousandths), WHOLE);
    }

    /** The tax that is in an amount with it, halves up. */
    long in(long gross) {
        return rounded(Math.multiplyExact(gross, thousandths), WHOLE + thousandths);
    }

    private static long rounded(long numerator, long denominator) {
        return Math.addExact(numerator, denominator / 2) / denominator;
    }
}
