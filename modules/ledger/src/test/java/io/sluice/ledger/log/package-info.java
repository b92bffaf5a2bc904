@NullMarked
package io.sluice.ledger.log;

import org.jspecify.annotations.NullMarked;
