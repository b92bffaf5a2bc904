/** The order's specification: the machines by themselves, and on a real PostgreSQL. */
@NullMarked
package io.sluice.commerce.ordering;

import org.jspecify.annotations.NullMarked;
