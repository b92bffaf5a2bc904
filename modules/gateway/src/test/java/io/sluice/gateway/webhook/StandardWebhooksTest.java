package io.sluice.gateway.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import io.sluice.gateway.webhook.StandardWebhooks.Verdict;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StandardWebhooksTest {

    // the standard's own example
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final long TIME = 1614265330;
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static StandardWebhooks verifier(long now, String... secrets) {
        return new StandardWebhooks(
                List.of(secrets).stream().map(WebhookSecret::of).toList(),
                Duration.ofSeconds(300),
                () -> Instant.ofEpochSecond(now));
    }

    private static MultiMap headers(String id, String timestamp, String signature) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("Webhook-Id", id)
                .add("Webhook-Timestamp", timestamp)
                .add("Webhook-Signature", signature);
    }

    private static MultiMap example() {
        return headers(ID, Long.toString(TIME), SIGNATURE);
    }

    private static Verdict verify(MultiMap headers, String body) {
        return verifier(TIME, SECRET).verify(headers, Buffer.buffer(body));
    }

    private static Verdict doubtful(WebhookRefusal why) {
        return new Verdict.Doubtful(why);
    }

    @Test
    void theStandardsOwnExampleIsGenuine() {
        assertThat(verify(example(), BODY)).isEqualTo(new Verdict.Genuine(ID));
    }

    @Test
    void oneOtherByteAnywhereIsNot() {
        Verdict wrong = doubtful(WebhookRefusal.SIGNATURE_WRONG);

        assertThat(verify(example(), BODY + " ")).isEqualTo(wrong);
        assertThat(verify(headers(ID + "x", Long.toString(TIME), SIGNATURE), BODY))
                .isEqualTo(wrong);
        assertThat(verify(headers(ID, Long.toString(TIME + 1), SIGNATURE), BODY))
                .isEqualTo(wrong);
        assertThat(verify(headers(ID, "0" + TIME, SIGNATURE), BODY)).isEqualTo(wrong);
        assertThat(verify(headers(ID, Long.toString(TIME), SIGNATURE.replace('g', 'h')), BODY))
                .isEqualTo(wrong);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "", "{\"name\":\"宮本 武蔵\"}", "{\"a\": 136.0}", "no json, \u0001 \uD83D\uDCE6"})
    void whatTheStandardsLibrarySignsIsGenuine(String body) throws Exception {
        String signature = new Webhook(SECRET).sign(ID, TIME, body);

        assertThat(verify(headers(ID, Long.toString(TIME), signature), body)).isEqualTo(new Verdict.Genuine(ID));
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false", "-300, true", "-301, false", "0, true", "31536000, false", "-31536000, false"
    })
    void theSignaturesTimeMayLieFiveMinutesOffToEitherSide(long age, boolean isGenuine) {
        Verdict verdict = verifier(TIME + age, SECRET).verify(example(), Buffer.buffer(BODY));

        assertThat(verdict)
                .isEqualTo(
                        isGenuine
                                ? new Verdict.Genuine(ID)
                                : doubtful(age > 0 ? WebhookRefusal.STALE : WebhookRefusal.FROM_THE_FUTURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aMissingHeaderIsAMissingSignature(String header) {
        assertThat(verify(example().remove(header), BODY)).isEqualTo(doubtful(WebhookRefusal.SIGNATURE_MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void aHeaderThatIsThereTwiceIsGarbled(String header) {
        MultiMap twice = example();
        twice.add(header, String.valueOf(twice.get(header)));

        assertThat(verify(twice, BODY)).isEqualTo(doubtful(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "-1614265330",
                "+1614265330",
                "1614265330.0",
                "16142653301614265330",
                "1614265330 ",
                "0x60",
                "\u0661\u0666\u0661\u0664"
            })
    void aTimeThatIsNoPlainNumberIsGarbled(String timestamp) {
        assertThat(verify(headers(ID, timestamp, SIGNATURE), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "v1", "v1,", "v1,&&&", "v1,aGVsbG8=", "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void aListWithoutAnyPossibleSignatureIsGarbled(String signature) {
        assertThat(verify(headers(ID, Long.toString(TIME), signature), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "ä"})
    void anIdThatCouldBeSplitInTwoWaysIsGarbled(String id) {
        assertThat(verify(headers(id, Long.toString(TIME), SIGNATURE), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @Test
    void anyOfSeveralSignaturesSuffices() {
        String list = "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag== "
                + "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= " + SIGNATURE;

        assertThat(verify(headers(ID, Long.toString(TIME), list), BODY)).isEqualTo(new Verdict.Genuine(ID));
    }

    @Test
    void theOnlyRightSignatureBeyondTheSixteenthDoesNotCount() {
        String wrong = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4= ";

        assertThat(verify(headers(ID, Long.toString(TIME), wrong.repeat(16) + SIGNATURE), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void whileASecretIsReplacedBothAreBelievedAndAfterwardsOneIs() throws Exception {
        String next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        MultiMap byNext = headers(ID, Long.toString(TIME), new Webhook(next).sign(ID, TIME, BODY));
        Buffer body = Buffer.buffer(BODY);

        assertThat(verifier(TIME, next, SECRET).verify(example(), body)).isEqualTo(new Verdict.Genuine(ID));
        assertThat(verifier(TIME, next, SECRET).verify(byNext, body)).isEqualTo(new Verdict.Genuine(ID));
        assertThat(verifier(TIME, next).verify(example(), body)).isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void aSecretWithoutTheStandardsPrefixIsTakenAsItIs() throws Exception {
        String plain = "a plain sécret";
        String signature = new Webhook(plain.getBytes(StandardCharsets.UTF_8)).sign(ID, TIME, BODY);

        assertThat(verifier(TIME, plain).verify(headers(ID, Long.toString(TIME), signature), Buffer.buffer(BODY)))
                .isEqualTo(new Verdict.Genuine(ID));
    }

    @Test
    void noLocaleChangesTheVerdict() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(verify(example(), BODY)).isEqualTo(new Verdict.Genuine(ID));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void noHeaderWhateverItHoldsEndsInAnException() {
        SplittableRandom random = new SplittableRandom(20261123);
        String letters = "v1,v1a =+/.0123456789abcXYZ\u0000\t\r\n\uD83D\uDCE6é,";
        for (int round = 0; round < 20_000; round++) {
            MultiMap headers = headers(noise(random, letters), noise(random, letters), noise(random, letters));
            assertThat(verify(headers, BODY)).isInstanceOf(Verdict.Doubtful.class);
        }
    }

    private static String noise(SplittableRandom random, String letters) {
        return random.ints(random.nextInt(60), 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void aSecretThatIsNoneIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.of("whsec_not*base64"))
                .withMessageNotContaining("not*base64")
                .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.of("whsec_"));
        assertThat(WebhookSecret.of(SECRET)).hasToString("•••");
    }

    @Test
    void withoutASecretThereIsNoVerifier() {
        assertThatIllegalArgumentException().isThrownBy(() -> verifier(TIME));
    }
}
