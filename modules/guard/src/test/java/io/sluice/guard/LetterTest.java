package io.sluice.guard;

import static io.sluice.guard.Shop.DISPATCH;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Wants;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A letter arrives closed, and is admitted or refused once. */
final class LetterTest {

    private static final Outcome.Refused<?> REFUSED = new Outcome.Refused<>("privacy.too-late", List.of());

    private final Letter letter = Letter.request(DISPATCH, gift(), 1);

    @Test
    @Clause("C1")
    void aLetterThatNobodyHasAdmittedGrantsAndPermitsNothing() {
        assertThat(letter.granted()).isNull();
        assertThat(letter.isStillPermitted().getAsBoolean()).isFalse();
        assertThat(letter.riders()).isEmpty();
    }

    @Test
    @Clause("C1")
    void whatWasRefusedIsNotAdmittedAfterwards() {
        letter.refuse(REFUSED);
        assertThatThrownBy(this::admit).isInstanceOf(IllegalStateException.class);
        assertThat(letter.granted()).isNull();
    }

    @Test
    void whatWasAdmittedIsNeitherRefusedNorAdmittedAgain() {
        admit();
        assertThatThrownBy(() -> letter.refuse(REFUSED)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(this::admit).isInstanceOf(IllegalStateException.class);
        assertThat(letter.refused()).isNull();
    }

    @Test
    @Clause("C1")
    void aCopyOfAnAdmittedLetterIsClosed() {
        admit();
        assertThat(letter.granted()).isNotNull();
        assertThat(letter.closedCopy().granted()).isNull();
    }

    private void admit() {
        FieldCounts counts = new FieldCounts(Wants.NOTHING.all());
        letter.admit(new Granted(Wants.NOTHING, Wants.NOTHING, gift(), Map.of(), counts), null, () -> true);
    }
}
