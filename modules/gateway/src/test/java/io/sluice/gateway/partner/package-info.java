@NullMarked
package io.sluice.gateway.partner;

import org.jspecify.annotations.NullMarked;
