package io.sluice.commerce.step;

/**
 * The hold of one node on one step.
 *
 * @param fence the step's own count when it was leased: whoever took it, or armed it again, since then has counted on, and
 *     this hold settles nothing any more
 */
public record Lease(StepKey step, long fence) {}
