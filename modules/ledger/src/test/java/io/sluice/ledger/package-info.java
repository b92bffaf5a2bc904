/** The ledger's specification, on a real PostgreSQL where rows are concerned. */
@NullMarked
package io.sluice.ledger;

import org.jspecify.annotations.NullMarked;
