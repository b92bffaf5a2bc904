package io.sluice.guard;

import static io.sluice.guard.Shop.AMOUNT;
import static io.sluice.guard.Shop.EMAIL;
import static io.sluice.guard.Shop.ORDER;
import static io.sluice.guard.Shop.RECORD;
import static io.sluice.guard.Shop.gift;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Sealed;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WireFormTest {

    private final WireForm wireForm = new WireForm(Shop.CATALOGUE);

    @Test
    void aLetterComesBackAsItWasAndClosed() {
        Letter letter = Letter.request(Shop.DISPATCH, gift(), 12_345);
        LetterCodec codec = new LetterCodec(wireForm);
        Buffer buffer = Buffer.buffer("before");
        codec.encodeToWire(buffer, letter);

        Letter back = java.util.Objects.requireNonNull(codec.decodeFromWire(6, buffer));

        assertThat(back.address()).isEqualTo("carrier.dispatch");
        assertThat(back.deadlineMillis()).isEqualTo(12_345);
        assertThat(back.granted()).isNull();
        assertThat(wireForm.encode(back)).isEqualTo(wireForm.encode(letter));
        assertThat(back.content()).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            Parcel parcel = (Parcel) done.value();
            assertThat(parcel.present()).isEqualTo(gift().present());
            assertThat(parcel.slot(ORDER.id())).isEqualTo(RECORD);
            assertThat(parcel.slot(AMOUNT.id())).isEqualTo(100L);
            assertThat(parcel.slot(EMAIL.id())).isEqualTo(gift().slot(EMAIL.id()));
        });
    }

    @Test
    void aRefusalComesBackAsItWas() {
        Outcome<Parcel> refused = new Outcome.Refused<>("order.stock-exhausted", List.of("/lines/1"));
        assertThat(wireForm.decode(wireForm.encode(refused))).isEqualTo(refused);
    }

    @Test
    void aCiphertextOfTheGreatestLengthArrivesAndALongerOneDoesNot() {
        assertThat(wireForm.decode(wireForm.encode(Outcome.done(holding(1 << 16)))))
                .isInstanceOf(Outcome.Done.class);
        byte[] tooLong = wireForm.encode(Outcome.done(holding((1 << 16) + 1)));
        assertThatThrownBy(() -> wireForm.decode(tooLong))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("contact.email: ciphertext of impossible length 65537");
    }

    @Test
    void aCiphertextOfNoLengthIsNone() {
        byte[] empty = wireForm.encode(Outcome.done(holding(1)));
        int lowestOfLength = empty.length - 2;
        empty[lowestOfLength] = 0;
        assertThatThrownBy(() -> wireForm.decode(empty))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("contact.email: ciphertext of impossible length 0");
    }

    private static Parcel holding(int bytes) {
        return Parcel.plain().withSealed(EMAIL, Sealed.of(new byte[bytes]));
    }

    @Test
    @Clause("A3")
    void aPurposeBeyondTheListIsNoPurpose() {
        byte[] bytes = wireForm.encode(Letter.request(Shop.DISPATCH, gift(), 1));
        int purpose = 1 + Integer.BYTES + Shop.DISPATCH.name().length() + 1;
        bytes[purpose] = (byte) (Purpose.values().length - 1);
        assertThat(wireForm.decodeLetter(bytes).purpose()).isEqualTo(Purpose.FRAUD_PREVENTION);
        bytes[purpose]++;
        assertThatThrownBy(() -> wireForm.decodeLetter(bytes))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("unknown purpose on the wire: 7");
    }

    @Test
    void damagedBytesAreNamedOrReadAndNeverEndInAnotherException() {
        byte[] whole = wireForm.encode(Letter.request(Shop.DISPATCH, gift(), 1));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            try {
                assertThat(wireForm.decodeLetter(damaged)).as("seed %d", seed).isNotNull();
            } catch (UncheckedIOException named) {
                assertThat(named).as("seed %d", seed).hasCauseInstanceOf(java.io.IOException.class);
            }
        }
        assertThatThrownBy(() -> wireForm.decodeLetter(new byte[] {9})).isInstanceOf(UncheckedIOException.class);
    }
}
