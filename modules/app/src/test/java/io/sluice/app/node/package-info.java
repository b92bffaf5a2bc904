@NullMarked
package io.sluice.app.node;

import org.jspecify.annotations.NullMarked;
