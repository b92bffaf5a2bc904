/**
 * The room of those who look after persons and rules: accounts and sessions, consents, and the law itself.
 *
 * <p>Enter by {@link io.sluice.stewardship.api}. The law is read in {@code policy}, the subjects and their consents are
 * kept in {@code consent}, accounts and sessions in {@code account}. Personal values pass through this room and rest in
 * it as ciphertext only: it has no way to open one.
 */
@NullMarked
@CheckReturnValue
package io.sluice.stewardship;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
