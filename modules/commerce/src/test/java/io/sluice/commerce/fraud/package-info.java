@NullMarked
package io.sluice.commerce.fraud;

import org.jspecify.annotations.NullMarked;
