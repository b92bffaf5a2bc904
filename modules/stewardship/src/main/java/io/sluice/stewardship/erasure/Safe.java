package io.sluice.stewardship.erasure;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;

/** The port to the keys. */
public interface Safe {

    /**
     * Seals fields again under the key for this reason and last day (UTC), all or none; the answer is in the items' order. What is
     * under such a key already may come again.
     */
    Future<List<Sealed>> hold(String reason, LocalDate until, List<FieldOpener.Item> items);

    /** Destroys a person's key, on all nodes. May be called again. */
    Future<Void> shred(SubjectId person);
}
