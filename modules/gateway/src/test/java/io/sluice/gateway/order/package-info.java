@NullMarked
package io.sluice.gateway.order;

import org.jspecify.annotations.NullMarked;
