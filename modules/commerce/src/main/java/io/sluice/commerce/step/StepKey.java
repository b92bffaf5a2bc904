package io.sluice.commerce.step;

import io.sluice.commerce.ordering.Effect;
import java.util.UUID;

/** One step: what is to be done with which operation or shipment. */
public record StepKey(UUID operation, Effect.Kind kind) {}
