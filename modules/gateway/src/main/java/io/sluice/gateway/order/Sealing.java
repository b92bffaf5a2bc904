package io.sluice.gateway.order;

import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.vault.Vault;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What this room needs of the vault. */
public interface Sealing {

    /** Seals one value as this field of this record. */
    @FunctionalInterface
    interface Seal {
        Sealed seal(UUID record, Field<String> field, String value);
    }

    /** For a person who has a key. */
    Future<Seal> of(SubjectId person);

    /** For a person who may have none yet; makes one, durably. */
    Future<Seal> ofNewcomer(SubjectId person);

    static Sealing by(Vault vault) {
        return new Sealing() {
            @Override
            public Future<Seal> of(SubjectId person) {
                return vault.sealerFor(person).map(sealer -> sealer::seal);
            }

            @Override
            public Future<Seal> ofNewcomer(SubjectId person) {
                return vault.createKeys(List.of(person)).compose(made -> of(person));
            }
        };
    }
}
