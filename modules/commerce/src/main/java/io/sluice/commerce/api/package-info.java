/**
 * The front door of commerce: its addresses, the views that its handlers see, the answers that they give, and the fields
 * that travel in between. The gateway may enter here and nowhere else.
 *
 * <p>Nothing is decided here. An address says for which purpose it works and which fields it wants; the law says what it
 * gets. The partner addresses ({@code provider.*}, {@code carrier.*}) are asked by commerce and served by the gateway's
 * adapters, which alone see what a partner must see.
 *
 * <p>Start reading at {@link io.sluice.commerce.api.CommerceFields} and {@link io.sluice.commerce.api.Checkout}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
