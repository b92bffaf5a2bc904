@NullMarked
package io.sluice.app.certificates;

import org.jspecify.annotations.NullMarked;
