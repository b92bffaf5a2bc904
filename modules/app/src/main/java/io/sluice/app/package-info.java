/**
 * Where everything is put together: the process's entrance, and below it the commands ({@code cli}), the configuration
 * ({@code config}), the links between nodes ({@code cluster}), the wiring of a node ({@code node}), the sandbox partners
 * ({@code sandbox}) and the demo ({@code demo}).
 *
 * <p>Wiring is by hand, top to bottom, in one place, and taken down in reverse. No rule of the product lives here: a
 * decision found in this module belongs to the room that it is about. Nobody imports this module but the measurements.
 *
 * <p>Start reading at {@link io.sluice.app.Main}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
