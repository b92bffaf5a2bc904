package io.sluice.app.node;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.erasure.Safe;
import io.sluice.vault.Vault;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;

/** Lets stewardship have fields held and keys shredded; it sees neither. */
record VaultAsSafe(Vault vault) implements Safe {

    @Override
    public Future<List<Sealed>> hold(String reason, LocalDate until, List<FieldOpener.Item> items) {
        return vault.hold(reason, until).compose(hold -> vault.reseal(hold, items));
    }

    @Override
    public Future<Void> shred(SubjectId person) {
        return vault.shred(person);
    }
}
