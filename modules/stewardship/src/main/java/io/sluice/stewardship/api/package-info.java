/**
 * The front door of stewardship: its addresses, the views that its handlers see, the answers that they give, and the fields
 * that travel in between. The gateway may enter here and nowhere else.
 *
 * <p>A person is made known ({@link io.sluice.stewardship.api.Persons}) before any personal field of theirs may travel: the
 * gate refuses the fields of persons whom nobody has introduced, so that without a consent record nothing can be stored
 * (clause A2). The record that account fields are sealed for is {@linkplain io.sluice.stewardship.api.Accounts#of the
 * account's}.
 *
 * <p>Refusals are {@link io.sluice.stewardship.api.AccountRefusal}. A database that is away or a full queue fails the
 * Future with {@link io.sluice.kernel.Unavailable}: nothing was decided, asking again is safe for every address here.
 *
 * <p>Start reading at {@link io.sluice.stewardship.api.StewardshipFields}, then {@link io.sluice.stewardship.api.Accounts}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
