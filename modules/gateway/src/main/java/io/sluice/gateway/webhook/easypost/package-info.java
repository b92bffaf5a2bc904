/**
 * How EasyPost calls back: signed over the raw bytes in one of two ways, about trackers, told in commerce's words.
 *
 * <p>A tracker has no room for an id of ours. Its callback says the tracking number, by which commerce finds the parcel of the carriers
 * that EasyPost may tell of.
 *
 * <p>Whatever fails is a verdict. Start reading at {@link io.sluice.gateway.webhook.easypost.EasyPostWebhooks}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.gateway.webhook.easypost;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
