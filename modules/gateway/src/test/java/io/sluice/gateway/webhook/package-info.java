@NullMarked
package io.sluice.gateway.webhook;

import org.jspecify.annotations.NullMarked;
