/**
 * One running node: everything started top to bottom, and stopped in reverse.
 *
 * <p>What starts puts its own end on a pile ({@code Stages}); a start that fails half-way takes down what already ran and
 * says why; a stop closes the doors first, waits for what is in hand up to the configured time, and says whether it was
 * clean. Nothing here blocks an event loop: starting and stopping run on threads of their own and wait there.
 *
 * <p>Only the commands, the tests of {@code app} and the load tests enter. Start reading at {@link io.sluice.app.node.Node}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.node;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
