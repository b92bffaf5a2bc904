package io.sluice.stewardship.api;

import io.sluice.kernel.ValueType;

/**
 * What a person says about one purpose: yes, or no. A purpose that is not spoken of keeps its basis' own answer: permitted
 * by contract or legitimate interest, not permitted where consent is the basis.
 *
 * @param purpose id of a {@link io.sluice.kernel.Purpose}; an unknown one is refused
 */
public record PurposeWish(String purpose, boolean granted) {

    static final ValueType<PurposeWish> TYPE = ValueType.of(
            (wish, out) -> {
                ValueType.TEXT.write(wish.purpose, out);
                out.writeBoolean(wish.granted);
            },
            in -> new PurposeWish(ValueType.TEXT.read(in), in.readBoolean()));
}
