/**
 * The canary matrix (clauses A1, A4, A5, B1, C1): a value that stands nowhere else in the world for every personal field of the
 * catalogue, and for everything that must not be taken in at all; the whole workload through a real node; then a search of every
 * way out and of everything that rests. What may be found where is computed from the law. The table of field × sink is written to
 * {@code target/canary/}.
 *
 * <p>A search that finds nothing proves something only if it would have found it: {@code EncodingsTest} and {@code SinksIT} plant
 * a canary in every encoding and in every kind of sink, and the matrix asks that partners did get what the law gives them.
 *
 * <p>Start reading at {@link io.sluice.app.canary.CanaryMatrixIT}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.canary;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
