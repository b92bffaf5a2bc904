@NullMarked
package io.sluice.commerce.api;

import org.jspecify.annotations.NullMarked;
