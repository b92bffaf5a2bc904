package io.sluice.vault;

import io.sluice.kernel.SubjectId;
import io.vertx.core.buffer.Buffer;

/** A key just made: wrapped, for the table, and ready, for the cache once it is in the table. */
record NewKey(SubjectId subject, int version, int kekEpoch, Buffer wrapped, SubjectKey key) {}
