@NullMarked
package io.sluice.gateway.json;

import org.jspecify.annotations.NullMarked;
