package io.sluice.gateway.webhook.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import io.sluice.gateway.webhook.CallbackProtocol.Arrival;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a callback is Stripe's. */
class StripeWebhooksTest {

    // made with Stripe's own library
    private static final String SECRET = "whsec_test_secret";
    private static final long TIME = 1700000000;
    private static final String BODY =
            "{\"id\":\"evt_test_1\",\"object\":\"event\",\"type\":\"payment_intent.amount_capturable_updated\"}";
    private static final String V1 = "v1=b2a57d1c6670335397f0b9886bdf3acca889c69a46b3702ddd4b995d2295bbad";
    private static final String HEADER = "t=" + TIME + "," + V1;
    private static final String WRONG = "v1=" + "0".repeat(64);
    private static final Optional<WebhookRefusal> GENUINE = Optional.empty();

    private static StripeWebhooks stripe(long now, String... secrets) {
        return new StripeWebhooks(
                List.of(secrets).stream().map(WebhookSecret::verbatim).toList(),
                new Freshness(Duration.ofSeconds(300), () -> Instant.ofEpochSecond(now)));
    }

    private static Optional<WebhookRefusal> doubt(StripeWebhooks stripe, String header, String body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("stripe-signature", header);
        return stripe.doubt(new Arrival("/", headers, Buffer.buffer(body)));
    }

    private static Optional<WebhookRefusal> doubt(String header, String body) {
        return doubt(stripe(TIME, SECRET), header, body);
    }

    private static Optional<WebhookRefusal> refused(WebhookRefusal why) {
        return Optional.of(why);
    }

    /** What Stripe's own library makes of it, which looks at no clock when the tolerance is zero. */
    private static boolean isGenuineToStripe(String header, String body) {
        try {
            return Webhook.Signature.verifyHeader(body, header, SECRET, 0);
        } catch (SignatureVerificationException | RuntimeException refused) {
            return false;
        }
    }

    @Test
    void whatStripesLibrarySignedIsGenuine() {
        assertThat(doubt(HEADER, BODY)).isEqualTo(GENUINE);
    }

    @Test
    void oneOtherByteAnywhereIsNot() {
        Optional<WebhookRefusal> wrong = refused(WebhookRefusal.SIGNATURE_WRONG);

        assertThat(doubt(HEADER, BODY + " ")).isEqualTo(wrong);
        assertThat(doubt("t=" + (TIME + 1) + "," + V1, BODY)).isEqualTo(wrong);
        assertThat(doubt("t=0" + TIME + "," + V1, BODY)).isEqualTo(wrong);
        assertThat(doubt(HEADER.replace("v1=b", "v1=c"), BODY)).isEqualTo(wrong);
        assertThat(doubt(stripe(TIME, "test_secret"), HEADER, BODY)).isEqualTo(wrong);
    }

    @Test
    void whateverStripesLibrarySignsIsGenuineAndOneFlippedBitIsRefusedByBoth() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            String body = text(random, random.nextInt(400));
            String header = Webhook.Signature.generateSignatureHeader(body, SECRET, TIME);
            assertThat(doubt(header, body)).as("seed %d, round %d", seed, round).isEqualTo(GENUINE);

            String flipped = flip(random, header);
            assertThat(doubt(flipped, body)).as("seed %d, %s", seed, flipped).isPresent();
            assertThat(isGenuineToStripe(flipped, body))
                    .as("seed %d, %s", seed, flipped)
                    .isFalse();
            if (!body.isEmpty()) {
                String changed = flip(random, body);
                assertThat(doubt(header, changed))
                        .as("seed %d, round %d", seed, round)
                        .isPresent();
                assertThat(isGenuineToStripe(header, changed)).isFalse();
            }
        }
    }

    @Test
    void whateverWeBelieveStripesLibraryBelievesToo() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        // a part without "=" is left out: Stripe's library fails on it where ours passes it over
        String[] parts = {"t=" + TIME, V1, WRONG, "v0=" + "a".repeat(64), "v1=short", "t=", "x", "", " " + V1};
        int believed = 0;
        for (int round = 0; round < 3_000; round++) {
            StringBuilder header = new StringBuilder();
            for (int part = random.nextInt(1, 6); part > 0; part--) {
                header.append(parts[random.nextInt(parts.length)]).append(part > 1 ? "," : "");
            }
            if (doubt(header.toString(), BODY).isEmpty()) {
                believed++;
                assertThat(isGenuineToStripe(header.toString(), BODY))
                        .as("seed %d, %s", seed, header)
                        .isTrue();
            }
        }
        assertThat(believed).as("seed %d", seed).isPositive();
    }

    private static String text(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(random.nextBoolean() ? random.nextInt(' ', 127) : random.nextInt(0x80, 0xd7ff));
        }
        return text.toString();
    }

    /** Another text of ASCII where one bit of one character is another; the lowest, so that a digit becomes a digit. */
    private static String flip(SplittableRandom random, String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false", "-300, true", "-301, false", "0, true", "31536000, false", "-31536000, false"
    })
    void theSignaturesTimeMayLieFiveMinutesOffToEitherSide(long age, boolean isGenuine) {
        assertThat(doubt(stripe(TIME + age, SECRET), HEADER, BODY))
                .isEqualTo(
                        isGenuine ? GENUINE : refused(age > 0 ? WebhookRefusal.STALE : WebhookRefusal.FROM_THE_FUTURE));
    }

    @Test
    void whileASecretIsReplacedBothAreBelievedAndAfterwardsOneIs() throws Exception {
        String byNext = Webhook.Signature.generateSignatureHeader(BODY, "whsec_next", TIME);

        assertThat(doubt(stripe(TIME, "whsec_next", SECRET), HEADER, BODY)).isEqualTo(GENUINE);
        assertThat(doubt(stripe(TIME, "whsec_next", SECRET), byNext, BODY)).isEqualTo(GENUINE);
        assertThat(doubt(stripe(TIME, "whsec_next"), HEADER, BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void anyOfUpToEightSignaturesSuffices() {
        String seven = (WRONG + ",").repeat(7);

        assertThat(doubt("t=" + TIME + "," + seven + V1, BODY)).isEqualTo(GENUINE);
        assertThat(doubt("t=" + TIME + ",v0=abc,v2=" + "0".repeat(64) + "," + V1, BODY))
                .as("other schemes are passed over")
                .isEqualTo(GENUINE);
        assertThat(doubt("t=" + TIME + "," + WRONG + "," + seven + V1, BODY))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @Test
    void withoutTheHeaderTheSignatureIsMissing() {
        MultiMap none = MultiMap.caseInsensitiveMultiMap().add("webhook-signature", HEADER);

        assertThat(stripe(TIME, SECRET).doubt(new Arrival("/", none, Buffer.buffer(BODY))))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_MISSING));
    }

    @Test
    void aHeaderThatIsThereTwiceIsGarbled() {
        MultiMap twice = MultiMap.caseInsensitiveMultiMap()
                .add("Stripe-Signature", HEADER)
                .add("Stripe-Signature", HEADER);

        assertThat(stripe(TIME, SECRET).doubt(new Arrival("/", twice, Buffer.buffer(BODY))))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "t=1700000000",
                V1,
                "t=," + V1,
                "t=abc," + V1,
                "t=-1700000000," + V1,
                "t=1700000000000," + V1,
                "t=\u0661\u0667\u0660\u0660\u0660\u0660\u0660\u0660\u0660\u0660," + V1,
                "t=1700000000,t=1700000000," + V1,
                "t=1700000000,v1",
                "t=1700000000,v1=",
                "t=1700000000,V1=b2a57d1c6670335397f0b9886bdf3acca889c69a46b3702ddd4b995d2295bbad",
                "t=1700000000,v1=B2A57D1C6670335397F0B9886BDF3ACCA889C69A46B3702DDD4B995D2295BBAD",
                "t=1700000000, v1=b2a57d1c6670335397f0b9886bdf3acca889c69a46b3702ddd4b995d2295bbad"
            })
    void aHeaderThatIsNotAsStripeWritesItIsGarbled(String header) {
        assertThat(doubt(header, BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @Test
    void aHugeHeaderAndOneOfThousandsOfPartsAreGarbled() {
        assertThat(doubt(HEADER + ",x=" + "y".repeat(100_000), BODY))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
        assertThat(doubt(HEADER + ",".repeat(900), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "ar", "th-TH-u-nu-thai", "tr"})
    void noLocaleChangesTheVerdict(String locale) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(doubt(HEADER, BODY)).isEqualTo(GENUINE);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void noHeaderWhateverItHoldsEndsInAnException() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "t=v1,v0 =.0123456789abcXYZ\u0000\t\r\n\uD83D\uDCE6é,";
        for (int round = 0; round < 20_000; round++) {
            String header = random.ints(random.nextInt(80), 0, letters.length())
                    .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                    .toString();
            assertThat(doubt(header, BODY)).as("seed %d, %s", seed, header).isPresent();
        }
    }

    @Test
    void theBodysRawBytesAreWhatIsSigned() {
        byte[] broken = {'{', (byte) 0xff, (byte) 0xfe, '}'};
        byte[] signature =
                WebhookSecret.verbatim(SECRET).sign((TIME + ".").getBytes(StandardCharsets.US_ASCII), broken);
        String header = "t=" + TIME + ",v1=" + HexFormat.of().formatHex(signature);
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Stripe-Signature", header);

        assertThat(stripe(TIME, SECRET).doubt(new Arrival("/", headers, Buffer.buffer(broken))))
                .isEqualTo(GENUINE);
        broken[1] = (byte) 0xfe;
        assertThat(stripe(TIME, SECRET).doubt(new Arrival("/", headers, Buffer.buffer(broken))))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void withoutASecretThereIsNoVerifier() {
        assertThatIllegalArgumentException().isThrownBy(() -> stripe(TIME));
    }
}
