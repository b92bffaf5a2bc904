/** Storage's specification, on a real PostgreSQL. */
@NullMarked
package io.sluice.storage;

import org.jspecify.annotations.NullMarked;
