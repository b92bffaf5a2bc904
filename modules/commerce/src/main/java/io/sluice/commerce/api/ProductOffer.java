package io.sluice.commerce.api;

import io.sluice.kernel.ValueType;

/** A product in the shop window. The price is in minor units; {@code available} is on hand less reserved. */
public record ProductOffer(String sku, String name, long price, String currency, long available) {

    static final ValueType<ProductOffer> TYPE = ValueType.of(
            (offer, out) -> {
                ValueType.TEXT.write(offer.sku, out);
                ValueType.TEXT.write(offer.name, out);
                out.writeLong(offer.price);
                ValueType.TEXT.write(offer.currency, out);
                out.writeLong(offer.available);
            },
            in -> new ProductOffer(
                    ValueType.TEXT.read(in),
                    ValueType.TEXT.read(in),
                    in.readLong(),
                    ValueType.TEXT.read(in),
                    in.readLong()));
}
