package io.sluice.vault;

/** What stands on one {@link RegionStore}: keys of the persons who are at home in that region, and of what is held of them. */
record RegionKeys(String region, RegionStore store, SubjectKeys keys, Holds holds) {}
