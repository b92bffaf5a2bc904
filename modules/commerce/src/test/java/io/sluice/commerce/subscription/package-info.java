/** What is promised of telling subscribers, on a real PostgreSQL. */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.subscription;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
