/**
 * Parcels: from the request to the carrier to the door. Tracking is folded by rank, so that late, repeated and reordered
 * callbacks never move a shipment backwards.
 *
 * Start reading at {@link io.sluice.commerce.shipping.ShipmentStatus}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.commerce.shipping;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
