/** EasyPost's callbacks, held against EasyPost's own library. */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.easypost;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
