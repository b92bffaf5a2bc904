@NullMarked
package io.sluice.gateway.docs;

import org.jspecify.annotations.NullMarked;
