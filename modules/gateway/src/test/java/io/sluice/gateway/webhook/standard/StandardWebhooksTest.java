package io.sluice.gateway.webhook.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import io.sluice.gateway.webhook.CallbackProtocol.Arrival;
import io.sluice.gateway.webhook.Channel;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final String WRONG = "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=";
    private static final String PUBLIC_KEY = "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/g=";
    private static final String ASYMMETRIC =
            "v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==";
    private static final Optional<WebhookRefusal> GENUINE = Optional.empty();
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static StandardWebhooks verifier(long now, String... secrets) {
        return new StandardWebhooks(
                Channel.PAYMENTS,
                List.of(secrets).stream().map(StandardKey::of).toList(),
                new Freshness(Duration.ofSeconds(300), () -> Instant.ofEpochSecond(now)));
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

    private static Optional<WebhookRefusal> verify(MultiMap headers, String body) {
        return verify(verifier(TIME, SECRET), headers, body);
    }

    private static Optional<WebhookRefusal> verify(StandardWebhooks verifier, MultiMap headers, String body) {
        return verifier.doubt(new Arrival("/", headers, Buffer.buffer(body)));
    }

    private static Optional<WebhookRefusal> doubtful(WebhookRefusal why) {
        return Optional.of(why);
    }

    @Test
    void theStandardsOwnExampleIsGenuine() {
        assertThat(verify(example(), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void oneOtherByteAnywhereIsNot() {
        Optional<WebhookRefusal> wrong = doubtful(WebhookRefusal.SIGNATURE_WRONG);

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

        assertThat(verify(headers(ID, Long.toString(TIME), signature), body)).isEqualTo(GENUINE);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false", "-300, true", "-301, false", "0, true", "31536000, false", "-31536000, false"
    })
    void theSignaturesTimeMayLieFiveMinutesOffToEitherSide(long age, boolean isGenuine) {
        Optional<WebhookRefusal> verdict = verify(verifier(TIME + age, SECRET), example(), BODY);

        assertThat(verdict)
                .isEqualTo(
                        isGenuine
                                ? GENUINE
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
        String list = ASYMMETRIC + " " + WRONG + " " + SIGNATURE;

        assertThat(verify(headers(ID, Long.toString(TIME), list), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void theOnlyRightSignatureBeyondTheSixteenthDoesNotCount() {
        assertThat(verify(headers(ID, Long.toString(TIME), (WRONG + " ").repeat(16) + SIGNATURE), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void whileASecretIsReplacedBothAreBelievedAndAfterwardsOneIs() throws Exception {
        String next = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
        MultiMap byNext = headers(ID, Long.toString(TIME), new Webhook(next).sign(ID, TIME, BODY));

        assertThat(verify(verifier(TIME, next, SECRET), example(), BODY)).isEqualTo(GENUINE);
        assertThat(verify(verifier(TIME, next, SECRET), byNext, BODY)).isEqualTo(GENUINE);
        assertThat(verify(verifier(TIME, next), example(), BODY)).isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void aSecretWithoutTheStandardsPrefixIsTakenAsItIs() throws Exception {
        String plain = "a plain sécret";
        String signature = new Webhook(plain.getBytes(StandardCharsets.UTF_8)).sign(ID, TIME, BODY);

        assertThat(verify(verifier(TIME, plain), headers(ID, Long.toString(TIME), signature), BODY))
                .isEqualTo(GENUINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "ar", "th-TH-u-nu-thai", "tr"})
    void noLocaleChangesTheVerdict(String locale) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(verify(example(), BODY)).isEqualTo(GENUINE);
            assertThat(verify(verifier(TIME, PUBLIC_KEY), headers(ID, Long.toString(TIME), ASYMMETRIC), BODY))
                    .isEqualTo(GENUINE);
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
            assertThat(verify(headers, BODY)).isPresent();
        }
    }

    private static String noise(SplittableRandom random, String letters) {
        return random.ints(random.nextInt(60), 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void theStandardsOwnAsymmetricExampleIsGenuine() {
        assertThat(verify(verifier(TIME, PUBLIC_KEY), headers(ID, Long.toString(TIME), ASYMMETRIC), BODY))
                .isEqualTo(GENUINE);
    }

    @Test
    void oneOtherByteAnywhereOfAnAsymmetricOneIsNot() {
        StandardWebhooks verifier = verifier(TIME, PUBLIC_KEY);
        Optional<WebhookRefusal> wrong = doubtful(WebhookRefusal.SIGNATURE_WRONG);

        assertThat(verify(verifier, headers(ID, Long.toString(TIME), ASYMMETRIC), BODY + " "))
                .isEqualTo(wrong);
        assertThat(verify(verifier, headers(ID + "x", Long.toString(TIME), ASYMMETRIC), BODY))
                .isEqualTo(wrong);
        assertThat(verify(verifier, headers(ID, Long.toString(TIME + 1), ASYMMETRIC), BODY))
                .isEqualTo(wrong);
        assertThat(verify(verifier, headers(ID, Long.toString(TIME), ASYMMETRIC.replace('t', 'u')), BODY))
                .isEqualTo(wrong);
    }

    @Test
    void whateverAPartnersPrivateKeySignsIsGenuineAndOneFlippedBitIsNot() throws Exception {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        // an X.509 key of this kind ends with the 32 bytes that the standard writes
        byte[] encoded = pair.getPublic().getEncoded();
        StandardWebhooks verifier = verifier(
                TIME,
                "whpk_"
                        + Base64.getEncoder()
                                .encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
        for (int round = 0; round < 50; round++) {
            String body = "{\"x\":\"" + random.nextLong() + "\"}";
            byte[] signature = signed(pair, body);
            assertThat(verify(verifier, asymmetric(signature), body))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(GENUINE);

            int at = random.nextInt(signature.length);
            signature[at] ^= (byte) (1 << random.nextInt(8));
            assertThat(verify(verifier, asymmetric(signature), body))
                    .as("seed %d, round %d, byte %d", seed, round, at)
                    .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
        }
    }

    private static byte[] signed(KeyPair pair, String body) throws Exception {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        signer.update((ID + "." + TIME + "." + body).getBytes(StandardCharsets.UTF_8));
        return signer.sign();
    }

    private static MultiMap asymmetric(byte[] signature) {
        return headers(ID, Long.toString(TIME), "v1a," + Base64.getEncoder().encodeToString(signature));
    }

    @Test
    void ofBothSchemesInOneHeaderEitherSuffices() {
        String both = WRONG + " " + ASYMMETRIC + " " + SIGNATURE;

        assertThat(verify(verifier(TIME, PUBLIC_KEY), headers(ID, Long.toString(TIME), both), BODY))
                .isEqualTo(GENUINE);
        assertThat(verify(verifier(TIME, SECRET), headers(ID, Long.toString(TIME), both), BODY))
                .isEqualTo(GENUINE);
        assertThat(verify(verifier(TIME, SECRET, PUBLIC_KEY), headers(ID, Long.toString(TIME), ASYMMETRIC), BODY))
                .isEqualTo(GENUINE);
        assertThat(verify(verifier(TIME, SECRET, PUBLIC_KEY), example(), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void aSignatureOfTheSchemeThatWeHaveNoKeyForIsWrong() {
        assertThat(verify(verifier(TIME, SECRET), headers(ID, Long.toString(TIME), ASYMMETRIC), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
        assertThat(verify(verifier(TIME, PUBLIC_KEY), example(), BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void whoReadsAPublicKeyCannotSignWithItAsIfItWereASecret() throws Exception {
        byte[] text = PUBLIC_KEY.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = Base64.getDecoder().decode(PUBLIC_KEY.substring(5));

        for (byte[] key : List.of(text, decoded)) {
            String signature = new Webhook(key).sign(ID, TIME, BODY);
            assertThat(verify(verifier(TIME, PUBLIC_KEY), headers(ID, Long.toString(TIME), signature), BODY))
                    .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
        }
    }

    @Test
    void anAsymmetricSignatureIsNotBelievedForEverEither() {
        MultiMap headers = headers(ID, Long.toString(TIME), ASYMMETRIC);

        assertThat(verify(verifier(TIME + 301, PUBLIC_KEY), headers, BODY)).isEqualTo(doubtful(WebhookRefusal.STALE));
        assertThat(verify(verifier(TIME - 301, PUBLIC_KEY), headers, BODY))
                .isEqualTo(doubtful(WebhookRefusal.FROM_THE_FUTURE));
    }

    @Test
    void theOnlyRightAsymmetricSignatureBeyondTheFourthDoesNotCount() {
        String wrong = ASYMMETRIC.replace('t', 'u') + " ";

        assertThat(verify(
                        verifier(TIME, PUBLIC_KEY),
                        headers(ID, Long.toString(TIME), wrong.repeat(3) + ASYMMETRIC),
                        BODY))
                .isEqualTo(GENUINE);
        assertThat(verify(
                        verifier(TIME, PUBLIC_KEY),
                        headers(ID, Long.toString(TIME), wrong.repeat(4) + ASYMMETRIC),
                        BODY))
                .isEqualTo(doubtful(WebhookRefusal.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whpk_",
                "whpk_not*base64",
                "whpk_aGVsbG8=",
                "whpk_ZlN4eg7dSSqi0moX9hQUk3orrOouK3QVQSlJa248c/gA",
                // 32 bytes that are no point of the curve
                "whpk_YLQguzhR2dR6y5M9vnA5m/bJLaM68B1Pt3DpjAMl9B0="
            })
    void aPublicKeyThatIsNoneIsRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StandardKey.of(key))
                .withNoCause();
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
