/**
 * A person's own standing with us over HTTP: what they have consented to, and what they withdraw; and the policy that holds for
 * everybody.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.person;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
