/** The API's own description: the contract as JSON, and a page that shows it without asking anybody else for anything. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.docs;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
