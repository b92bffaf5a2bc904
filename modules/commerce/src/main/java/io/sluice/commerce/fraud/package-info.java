/**
 * Keeps goods from going out to swindlers (clause C7): before a parcel is handed over its order is looked at, on no more than the law
 * names for this purpose, and what looks wrong waits for a person. Nobody is refused by a rule: a hold says why, has a term, and staff
 * release or cancel it. Whoever objects to being looked at is not, and waits for a person too.
 *
 * <p>The door is the address {@link io.sluice.commerce.api.FraudScreening}: whoever knows better than these rules serves it instead.
 *
 * <p>Start reading at {@link io.sluice.commerce.fraud.FraudRules}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.fraud;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
