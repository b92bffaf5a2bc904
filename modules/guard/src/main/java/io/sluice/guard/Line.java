package io.sluice.guard;

/** An address as this node serves or asks it, and the count of what comes over it in that direction. */
record Line(Address<?, ?> address, FieldCounts counts) {}
