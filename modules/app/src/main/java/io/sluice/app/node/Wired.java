package io.sluice.app.node;

/** What a wired node tells of itself. */
record Wired(int managementPort) {}
