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

    /** For a person who has a key, in the store of the region where they are at home. */
    Future<Seal> of(String region, SubjectId person);

    /** For a person who may have none yet; makes one, durably. */
    Future<Seal> ofNewcomer(SubjectId person);

    /** @param newcomers home region of who becomes known here */
    static Sealing by(Vault vault, String newcomers) {
        return new Sealing() {
            @Override
            public Future<Seal> of(String region, SubjectId person) {
                return vault.sealerFor(region, person).map(sealer -> sealer::seal);
            }

            @Override
            public Future<Seal> ofNewcomer(SubjectId person) {
                return vault.createKeys(newcomers, List.of(person)).compose(made -> of(newcomers, person));
            }
        };
    }
}
