/**
 * Checks receipts offline, with nothing but the file and, better, heads that were kept. It is written anew from the published
 * forms and shares no code with whatever makes receipts, so that a mistake there does not excuse itself here: a test holds that.
 *
 * <p>It reads no database and asks nobody. {@code cli} enters.
 *
 * <p>On failure it names what does not hold; a file that is no receipt is one finding among others.
 *
 * <p>Start reading at {@link io.sluice.app.receipt.ReceiptCheck}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.receipt;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
