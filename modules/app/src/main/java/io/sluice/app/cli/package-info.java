/**
 * The {@code sluice} commands: they read flags, read the configuration, hand over to a room that does the work, and turn
 * its end into an exit code ({@link io.sluice.app.cli.ExitCode}).
 *
 * <p>No logic of the product lives here, and a command that does nothing yet is not listed. What is wrong with flags or
 * configuration is told in words on standard error, without a stack trace; a stack trace means a fault of ours.
 *
 * <p>Start reading at {@link io.sluice.app.cli.SluiceCommand}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
