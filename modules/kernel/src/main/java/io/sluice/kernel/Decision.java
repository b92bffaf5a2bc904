package io.sluice.kernel;

/** The answer to a {@link Question}: yes, to exactly these fields and once; or no, and why. */
public sealed interface Decision permits Permit, Denial {}
