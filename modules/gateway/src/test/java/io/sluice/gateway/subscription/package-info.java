/** What is promised of webhooks out, with real receivers on real sockets. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
