package io.sluice.stewardship.account;

import io.sluice.kernel.Field;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** An account that is to be opened. */
record NewAccount(SubjectId subject, Buffer emailIndex, Map<Field<String>, Sealed> sealed, Instant at) {

    NewAccount {
        sealed = Map.copyOf(sealed);
    }

    Buffer ciphertext(Field<String> field) {
        return Buffer.buffer(Objects.requireNonNull(sealed.get(field), () -> field + " is missing")
                .bytes());
    }
}
