package io.sluice.load;

import java.util.UUID;

/** A person who places orders, with the session that the token will name. */
record Buyer(UUID subject, UUID session) {}
