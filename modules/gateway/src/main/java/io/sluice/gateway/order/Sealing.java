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

    /** For a person who may have none there yet; makes one, durably. */
    Future<Seal> ofNewcomer(String region, SubjectId person);

    static Sealing by(Vault vault) {
        return new Sealing() {
            @Override
            public Future<Seal> of(String region, SubjectId person) {
                return vault.sealerFor(region, person).map(sealer -> sealer::seal);
            }

            @Override
            public Future<Seal> ofNewcomer(String region, SubjectId person) {
                return vault.createKeys(region, List.of(person)).compose(made -> of(region, person));
            }
        };
    }
}
