/** Shows what the demo's storefront sends. */
@NullMarked
package io.sluice.app.demo;

import org.jspecify.annotations.NullMarked;
