@NullMarked
package io.sluice.gateway.management;

import org.jspecify.annotations.NullMarked;
