package io.sluice.guard;

import io.sluice.kernel.Field;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The port to the vault: opens ciphertexts for a permit, and for nothing else. */
public interface FieldOpener {

    /** One ciphertext and its place: whose, which field, in which record. */
    record Item(SubjectId owner, Field<String> field, UUID record, Sealed sealed) {}

    /**
     * Opens all items, in order, and uses the permit up. Fails as a whole if the permit does not grant one of the fields, if a
     * key is gone, or if a ciphertext is not what was sealed for that place; and with {@link io.sluice.kernel.Unavailable},
     * for which asking again with a new permit may help, if the permit is spent or has lapsed or no keys can be had now.
     */
    Future<List<Plain<String>>> open(Permit permit, List<Item> items);
}
