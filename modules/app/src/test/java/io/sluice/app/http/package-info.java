/**
 * The API as its clients meet it: real HTTP on a whole node, with its real database. What is refused must leave no trace; what
 * is said must be what the contract says.
 *
 * Start reading at {@link io.sluice.app.http.Shop}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
