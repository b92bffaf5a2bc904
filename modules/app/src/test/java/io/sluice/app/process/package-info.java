/** Promises about processes, shown on processes: nodes in JVMs of their own, killed and started again. */
@NullMarked
package io.sluice.app.process;

import org.jspecify.annotations.NullMarked;
