/**
 * The clause report: every promise of the policy, the tests that carry it, and what came of them. It stands in this module
 * because this is the last one that a build of everything comes to.
 *
 * Start reading at {@link io.sluice.load.clause.ClauseReportTest}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.load.clause;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
