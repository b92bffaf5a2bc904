package io.sluice.commerce.money;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Exact division of an amount: by the largest-remainder rule (Hamilton's), so that the shares always come to the whole. */
public final class Shares {

    private Shares() {}

    /**
     * Divides an amount in proportion to the weights. Each share is its exact part rounded down or up, and what rounding down leaves over
     * goes to the largest remainders; of equal ones the earlier comes first.
     *
     * @param amount in minor units, not negative
     * @param weights not negative; one of them above zero, unless the amount is zero
     */
    public static long[] of(long amount, long[] weights) {
        long whole = Arrays.stream(weights).reduce(0, Math::addExact);
        if (amount < 0 || Arrays.stream(weights).anyMatch(weight -> weight < 0) || (whole == 0 && amount > 0)) {
            throw new IllegalArgumentException("nothing to divide, or nobody to divide it among");
        }
        long[] shares = new long[weights.length];
        if (amount == 0) {
            return shares;
        }
        long[] remainders = new long[weights.length];
        long left = amount;
        for (int i = 0; i < weights.length; i++) {
            BigInteger[] exact = BigInteger.valueOf(amount)
                    .multiply(BigInteger.valueOf(weights[i]))
                    .divideAndRemainder(BigInteger.valueOf(whole));
            shares[i] = exact[0].longValueExact();
            remainders[i] = exact[1].longValueExact();
            left -= shares[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted((one, other) -> Long.compare(remainders[other], remainders[one]))
                .limit(left)
                .forEach(i -> shares[i]++);
        return shares;
    }

    /**
     * As much of an amount as the part is of the whole, halves up.
     *
     * @param whole above zero, the others not negative
     */
    public static long proportional(long amount, long part, long whole) {
        BigInteger doubled =
                BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)).shiftLeft(1);
        return doubled.add(BigInteger.valueOf(whole))
                .divide(BigInteger.valueOf(whole).shiftLeft(1))
                .longValueExact();
    }

    /**
     * What the first {@code taken} of equal parts come to: the same rule among equals. Never less than fewer of them, and all of them are
     * the whole.
     *
     * @param amount not negative
     */
    public static long ofFirst(int taken, int parts, long amount) {
        if (taken < 0 || taken > parts || amount < 0) {
            throw new IllegalArgumentException(taken + " of " + parts + " parts of an amount");
        }
        return taken == 0 ? 0 : amount / parts * taken + Math.min(taken, amount % parts);
    }
}
