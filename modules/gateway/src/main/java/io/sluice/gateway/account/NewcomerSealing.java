package io.sluice.gateway.account;

import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.vault.Vault;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The port to the vault for persons who are new: makes their key, and seals what they brought. */
@FunctionalInterface
public interface NewcomerSealing {

    /** Seals one person's fields. */
    @FunctionalInterface
    interface Seal {
        Sealed seal(UUID record, Field<String> field, String value);
    }

    /** Makes sure that the person has a key in their home region, durably; calling it again changes nothing. */
    Future<Seal> forNewcomer(String region, SubjectId subject);

    static NewcomerSealing by(Vault vault) {
        return (region, subject) -> vault.createKeys(region, List.of(subject))
                .compose(made -> vault.sealerFor(region, subject))
                .map(sealer -> sealer::seal);
    }
}
