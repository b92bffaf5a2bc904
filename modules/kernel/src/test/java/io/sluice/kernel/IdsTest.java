package io.sluice.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ids by RFC 9562, version 7. */
final class IdsTest {

    private static final int PER_MILLISECOND = 0x1000;

    private long millis = 5_000;
    private final Ids ids = new Ids(() -> Instant.ofEpochMilli(millis), new Random(1));

    @Test
    void idsAreVersion7AndInOrderEvenWithinAMillisecondAndWhenTheClockStepsBack() {
        UUID last = ids.next();
        for (int i = 0; i < 10_000; i++) {
            if (i == 5_000) {
                millis = 4_000;
            }
            UUID next = ids.next();
            assertThat(next.version()).isEqualTo(7);
            assertThat(next.variant()).isEqualTo(2);
            assertThat(next.toString()).isGreaterThan(last.toString());
            last = next;
        }
        assertThat(Ids.secure(InstantSource.system()).next().version()).isEqualTo(7);
    }

    @Test
    void anIdSaysWhenItWasMade() {
        assertThat(madeAt(ids.next())).isEqualTo(5_000);
        millis = 6_000;
        UUID later = ids.next();
        assertThat(madeAt(later)).isEqualTo(6_000);
        assertThat(count(later)).as("a new millisecond counts from the start").isZero();
    }

    @Test
    void aFullMillisecondBorrowsFromTheNextAndNotBefore() {
        for (int i = 0; i < PER_MILLISECOND; i++) {
            UUID id = ids.next();
            assertThat(madeAt(id)).isEqualTo(5_000);
            assertThat(count(id)).isEqualTo(i);
        }
        UUID beyond = ids.next();
        assertThat(madeAt(beyond)).isEqualTo(5_001);
        assertThat(count(beyond)).isZero();
    }

    private static long madeAt(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    private static long count(UUID id) {
        return id.getMostSignificantBits() & 0xFFF;
    }
}
