package io.sluice.app.node;

import io.sluice.guard.FieldOpener;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.stewardship.erasure.Safe;
import io.sluice.vault.FieldNotOpened;
import io.sluice.vault.Hold;
import io.sluice.vault.Vault;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Lets stewardship have fields held and keys shredded; it sees neither. */
record VaultAsSafe(Vault vault) implements Safe {

    @Override
    public Future<List<Optional<Sealed>>> hold(
            String region, String reason, LocalDate until, List<FieldOpener.Item> items) {
        SubjectId person = items.getFirst().owner();
        return vault.hold(region, reason, until)
                .compose(hold -> vault.isShredded(region, person)
                        .compose(isShredded -> isShredded
                                ? whatIsLeft(hold, items)
                                : vault.reseal(hold, items)
                                        .map(held ->
                                                held.stream().map(Optional::of).toList())));
    }

    /** One by one: what another hold keeps already opens without the person's key. */
    private Future<List<Optional<Sealed>>> whatIsLeft(Hold hold, List<FieldOpener.Item> items) {
        return Future.all(items.stream()
                        .map(item -> vault.reseal(hold, List.of(item))
                                .map(held -> Optional.of(held.getFirst()))
                                .recover(cause -> isGone(cause)
                                        ? Future.succeededFuture(Optional.empty())
                                        : Future.failedFuture(cause)))
                        .toList())
                .map(all -> all.list());
    }

    private static boolean isGone(Throwable cause) {
        return cause instanceof FieldNotOpened notOpened && notOpened.reason() == FieldNotOpened.Reason.KEY_NOT_USABLE;
    }

    @Override
    public Future<Void> shred(String region, SubjectId person) {
        return vault.shred(region, person);
    }
}
