/**
 * The vocabulary of privacy and the decision about one message.
 *
 * <p>What lives here: fields, purposes, contracts, permits and {@link io.sluice.kernel.PrivacyKernel#decide}, which is a
 * pure function. What never does: I/O, clocks, threads, any library. Time comes in with the question. Everybody may enter;
 * nobody may add a dependency (the build's Enforcer and the architecture tests say so).
 *
 * <p>There are no failures here but illegal arguments: whatever is unknown, missing, late or undeclared is a
 * {@link io.sluice.kernel.Denial}.
 *
 * <p>Start reading at {@link io.sluice.kernel.PrivacyKernel}, then {@link io.sluice.kernel.Contract}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.kernel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
