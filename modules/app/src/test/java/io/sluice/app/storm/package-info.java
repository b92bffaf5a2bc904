/**
 * Everything at once: thousands of orders through a real node while its partners have every fault there is, customers change
 * their minds and staff do what staff do. Afterwards the books of orders, provider, carrier and shelves are held against each
 * other, to the minor unit and the last piece, and every order has to be at an end, or to say what it waits for.
 *
 * <p>Start reading at {@link io.sluice.app.storm.EverythingAtOnceIT}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.storm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
