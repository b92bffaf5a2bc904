package io.sluice.stewardship.erasure;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port to the keys. */
public interface Safe {

    /**
     * Seals a person's fields again under the key for this reason and last day (UTC); the answer is in the items' order. What is under
     * such a key already may come again. Empty for what was sealed under a key that is shredded already, which nobody can keep: that is
     * so in a restored database alone.
     *
     * @param region where the person is at home, and so the keys are
     */
    Future<List<Optional<Sealed>>> hold(String region, String reason, LocalDate until, List<FieldOpener.Item> items);

    /** Destroys a person's key, on all nodes. May be called again. */
    Future<Void> shred(String region, SubjectId person);
}
