package io.sluice.stewardship.consent;

import io.sluice.kernel.Purpose;
import io.sluice.stewardship.policy.Basis;

/**
 * What is put on record for one purpose; who, when, which version of the law and where are added by the store.
 *
 * @param said true if the person said so; false if the basis permits it unasked
 */
record ConsentRecord(Purpose purpose, boolean granted, boolean said, Basis basis) {}
