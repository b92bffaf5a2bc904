package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;
import java.util.List;

/** One line of an order as the customer asks for it; prices come from the catalogue. */
public record LineWanted(String sku, int quantity) {

    static final ValueType<LineWanted> TYPE = ValueType.of(
            (line, out) -> {
                ValueType.TEXT.write(line.sku, out);
                out.writeInt(line.quantity);
            },
            in -> new LineWanted(ValueType.TEXT.read(in), in.readInt()));

    static final ValueType<List<LineWanted>> LIST = ValueType.listOf(TYPE);
}
