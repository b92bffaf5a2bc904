package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * What an order costs, all in minor units of its currency: what the lines come to, and bringing them, and tax where it is not included.
 *
 * @param total all that is to be paid
 * @param shipping for bringing all of it
 * @param tax on goods and shipping
 * @param isTaxIncluded whether the tax is in the lines and in the shipping; else it comes on top of them
 */
public record Quote(String currency, long total, List<Line> lines, long shipping, long tax, boolean isTaxIncluded) {

    /**
     * A line with its price.
     *
     * @param total of its goods, as the shop window has it
     * @param taxRate in thousandths of a percent
     * @param tax on the goods and on the line's share of the shipping
     */
    public record Line(String sku, int quantity, long unitPrice, long total, int taxRate, long tax) {

        private static final ValueType<Line> TYPE = ValueType.of(
                (line, out) -> {
                    ValueType.TEXT.write(line.sku, out);
                    out.writeInt(line.quantity);
                    out.writeLong(line.unitPrice);
                    out.writeLong(line.total);
                    out.writeInt(line.taxRate);
                    out.writeLong(line.tax);
                },
                in -> new Line(
                        ValueType.TEXT.read(in),
                        in.readInt(),
                        in.readLong(),
                        in.readLong(),
                        in.readInt(),
                        in.readLong()));
    }

    private static final ValueType<List<Line>> LINES = ValueType.listOf(Line.TYPE);

    static final ValueType<Quote> TYPE = ValueType.of(Quote::write, Quote::read);

    public Quote {
        lines = List.copyOf(lines);
    }

    private static void write(Quote quote, DataOutput out) throws IOException {
        ValueType.TEXT.write(quote.currency, out);
        out.writeLong(quote.total);
        LINES.write(quote.lines, out);
        out.writeLong(quote.shipping);
        out.writeLong(quote.tax);
        out.writeBoolean(quote.isTaxIncluded);
    }

    private static Quote read(DataInput in) throws IOException {
        return new Quote(
                ValueType.TEXT.read(in), in.readLong(), LINES.read(in), in.readLong(), in.readLong(), in.readBoolean());
    }
}
