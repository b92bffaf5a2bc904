package io.sluice.gateway.webhook.easypost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.easypost.exception.EasyPostException;
import com.easypost.utils.Cryptography;
import com.easypost.utils.Utilities;
import io.sluice.gateway.webhook.CallbackProtocol.Arrival;
import io.sluice.gateway.webhook.Freshness;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a callback is EasyPost's. Its library knows the first signature only; the second is held against its description. */
class EasyPostWebhooksTest {

    // decomposed it is another text: a sender and a receiver that do not both decompose it never agree
    private static final String SECRET = "sécret ﬁx Å";
    private static final String BODY =
            "{\"id\":\"evt_1\",\"object\":\"Event\",\"description\":\"tracker.updated\",\"result\":{\"weight\":136.0}}";
    private static final String PATH = "/v1/webhooks/carriers/easypost";
    private static final String TIMESTAMP = "Tue, 19 Aug 2025 20:37:09 -0000";
    private static final long TIME = Instant.parse("2025-08-19T20:37:09Z").getEpochSecond();
    private static final Optional<WebhookRefusal> GENUINE = Optional.empty();

    private static EasyPostWebhooks easyPost(long now, String... secrets) {
        return new EasyPostWebhooks(
                List.of(secrets).stream().map(EasyPostWebhooks::secret).toList(),
                new Freshness(Duration.ofSeconds(300), () -> Instant.ofEpochSecond(now)));
    }

    private static Optional<WebhookRefusal> doubt(EasyPostWebhooks easyPost, MultiMap headers, String body) {
        return easyPost.doubt(new Arrival(PATH, headers, Buffer.buffer(body)));
    }

    private static Optional<WebhookRefusal> doubt(MultiMap headers, String body) {
        return doubt(easyPost(TIME, SECRET), headers, body);
    }

    private static Optional<WebhookRefusal> refused(WebhookRefusal why) {
        return Optional.of(why);
    }

    /** As EasyPost's own library computes it. */
    private static String signature(String signed, String secret) {
        return "hmac-sha256-hex="
                + Cryptography.toHMACSHA256HexDigest(
                        signed.getBytes(StandardCharsets.UTF_8), secret, Normalizer.Form.NFKD);
    }

    private static MultiMap first(String signature) {
        return MultiMap.caseInsensitiveMultiMap().add("x-hmac-signature", signature);
    }

    private static MultiMap first() {
        return first(signature(BODY, SECRET));
    }

    private static MultiMap second(String timestamp, String path) {
        return second(timestamp, path, signature(timestamp + "POST" + path + BODY, SECRET));
    }

    private static MultiMap second(String timestamp, String path, String signature) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("X-Timestamp", timestamp)
                .add("X-Path", path)
                .add("X-Hmac-Signature-V2", signature);
    }

    private static boolean isGenuineToEasyPost(String signature, String body) {
        try {
            return Utilities.validateWebhook(
                            body.getBytes(StandardCharsets.UTF_8), Map.of("X-Hmac-Signature", signature), SECRET)
                    != null;
        } catch (EasyPostException refused) {
            return false;
        }
    }

    @Test
    void whatEasyPostsLibrarySignsIsGenuineAndItIsOfTheSameMind() {
        assertThat(doubt(first(), BODY)).isEqualTo(GENUINE);
        assertThat(isGenuineToEasyPost(signature(BODY, SECRET), BODY)).isTrue();
    }

    @Test
    void oneOtherByteAnywhereIsNot() {
        Optional<WebhookRefusal> wrong = refused(WebhookRefusal.SIGNATURE_WRONG);

        assertThat(doubt(first(), BODY.replace("136.0", "136"))).isEqualTo(wrong);
        assertThat(doubt(first(signature(BODY, "secret ﬁx Å")), BODY)).isEqualTo(wrong);
        assertThat(doubt(easyPost(TIME, "another"), first(), BODY)).isEqualTo(wrong);
    }

    @Test
    void aSecretMayBeGivenComposedOrDecomposed() {
        String decomposed = Normalizer.normalize(SECRET, Normalizer.Form.NFKD);

        assertThat(decomposed).isNotEqualTo(SECRET);
        assertThat(doubt(easyPost(TIME, decomposed), first(), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void whateverEasyPostsLibrarySignsIsGenuineAndOneFlippedBitIsRefusedByBoth() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            String body = "{\"x\":\"" + random.nextLong() + "é宮" + random.nextInt() + "\"}";
            String signature = signature(body, SECRET);
            assertThat(doubt(first(signature), body))
                    .as("seed %d, %s", seed, body)
                    .isEqualTo(GENUINE);
            assertThat(isGenuineToEasyPost(signature, body))
                    .as("seed %d, %s", seed, body)
                    .isTrue();

            String flipped = flip(random, signature);
            assertThat(doubt(first(flipped), body))
                    .as("seed %d, %s", seed, flipped)
                    .isPresent();
            assertThat(isGenuineToEasyPost(flipped, body))
                    .as("seed %d, %s", seed, flipped)
                    .isFalse();
            String changed = flip(random, body);
            assertThat(doubt(first(signature), changed))
                    .as("seed %d, %s", seed, changed)
                    .isPresent();
            assertThat(isGenuineToEasyPost(signature, changed))
                    .as("seed %d, %s", seed, changed)
                    .isFalse();
        }
    }

    private static String flip(SplittableRandom random, String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) (text.charAt(at) ^ 1) + text.substring(at + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TIMESTAMP,
                "Tue, 19 Aug 2025 20:37:09 GMT",
                "Tue, 19 Aug 2025 20:37:09 +0000",
                "Tue, 19 Aug 2025 22:37:09 +0200",
                "19 Aug 2025 20:37:09 +0000",
                "2025-08-19T20:37:09Z",
                "2025-08-19T20:37:09.123Z"
            })
    void theSecondSignatureCoversTimeMethodPathAndBody(String timestamp) {
        assertThat(doubt(second(timestamp, PATH), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void theSecondSignatureOfAnotherTimeOrPathOrBodyIsWrong() {
        String signature = signature(TIMESTAMP + "POST" + PATH + BODY, SECRET);
        Optional<WebhookRefusal> wrong = refused(WebhookRefusal.SIGNATURE_WRONG);

        assertThat(doubt(second("Tue, 19 Aug 2025 20:37:10 -0000", PATH, signature), BODY))
                .isEqualTo(wrong);
        assertThat(doubt(second(TIMESTAMP, PATH + "2", signature), BODY)).isEqualTo(wrong);
        assertThat(doubt(second(TIMESTAMP, PATH, signature), BODY + " ")).isEqualTo(wrong);
        assertThat(doubt(second(TIMESTAMP, PATH, signature(TIMESTAMP + "PUT" + PATH + BODY, SECRET)), BODY))
                .isEqualTo(wrong);
    }

    @Test
    void whatWasSignedForAnotherEndpointIsNotForThisOne() {
        assertThat(doubt(second(TIMESTAMP, "/v1/webhooks/carriers/another"), BODY))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void whereBothAreSentTheSecondCounts() {
        MultiMap onlyFirstIsRight =
                second(TIMESTAMP, PATH, signature("another", SECRET)).add("X-Hmac-Signature", signature(BODY, SECRET));
        MultiMap onlySecondIsRight = second(TIMESTAMP, PATH).add("X-Hmac-Signature", signature("another", SECRET));

        assertThat(doubt(onlyFirstIsRight, BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_WRONG));
        assertThat(doubt(onlySecondIsRight, BODY)).isEqualTo(GENUINE);
    }

    @ParameterizedTest
    @CsvSource({"300, true", "301, false", "-300, true", "-301, false", "0, true", "31536000, false", "-31536000, false"
    })
    void theSecondSignaturesTimeMayLieFiveMinutesOffToEitherSide(long age, boolean isGenuine) {
        assertThat(doubt(easyPost(TIME + age, SECRET), second(TIMESTAMP, PATH), BODY))
                .isEqualTo(
                        isGenuine ? GENUINE : refused(age > 0 ? WebhookRefusal.STALE : WebhookRefusal.FROM_THE_FUTURE));
    }

    @Test
    void theFirstSignatureHasNoTimeAndIsBelievedWhenever() {
        assertThat(doubt(easyPost(TIME + 31_536_000, SECRET), first(), BODY)).isEqualTo(GENUINE);
    }

    @Test
    void whileASecretIsReplacedBothAreBelievedAndAfterwardsOneIs() {
        assertThat(doubt(easyPost(TIME, "next", SECRET), first(), BODY)).isEqualTo(GENUINE);
        assertThat(doubt(easyPost(TIME, "next", SECRET), first(signature(BODY, "next")), BODY))
                .isEqualTo(GENUINE);
        assertThat(doubt(easyPost(TIME, "next"), first(), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_WRONG));
    }

    @Test
    void aMissingHeaderIsAMissingSignature() {
        Optional<WebhookRefusal> missing = refused(WebhookRefusal.SIGNATURE_MISSING);

        assertThat(doubt(MultiMap.caseInsensitiveMultiMap(), BODY)).isEqualTo(missing);
        assertThat(doubt(second(TIMESTAMP, PATH).remove("X-Timestamp"), BODY)).isEqualTo(missing);
        assertThat(doubt(second(TIMESTAMP, PATH).remove("X-Path"), BODY)).isEqualTo(missing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Timestamp", "X-Path", "X-Hmac-Signature-V2"})
    void aHeaderThatIsThereTwiceIsGarbled(String header) {
        MultiMap twice = second(TIMESTAMP, PATH);
        twice.add(header, String.valueOf(twice.get(header)));

        assertThat(doubt(twice, BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "1755635829",
                "Mon, 19 Aug 2025 20:37:09 -0000",
                "Tue, 19 Août 2025 20:37:09 -0000",
                "Tue, 19 Aug 2025 20:37:09",
                "Tue, \u0661\u0669 Aug 2025 20:37:09 -0000"
            })
    void aTimeThatIsNoneIsGarbled(String timestamp) {
        assertThat(doubt(second(timestamp, PATH), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hmac-sha256-hex=",
                "hmac-sha256-hex=00",
                "hmac-sha1-hex=0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "hmac-sha256-hex=000000000000000000000000000000000000000000000000000000000000000Z",
                "hmac-sha256-hex=000000000000000000000000000000000000000000000000000000000000000A"
            })
    void aSignatureThatCannotBeOneIsGarbled(String signature) {
        assertThat(doubt(first(signature), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
        assertThat(doubt(second(TIMESTAMP, PATH, signature), BODY))
                .isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @Test
    void hugeHeadersAreGarbled() {
        String huge = "x".repeat(100_000);

        assertThat(doubt(first("hmac-sha256-hex=" + huge), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
        assertThat(doubt(second(TIMESTAMP, "/" + huge), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
        assertThat(doubt(second(TIMESTAMP + huge, PATH), BODY)).isEqualTo(refused(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "ar", "th-TH-u-nu-thai", "th-TH-u-ca-buddhist", "tr"})
    void noLocaleChangesTheVerdict(String locale) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(doubt(first(), BODY)).isEqualTo(GENUINE);
            assertThat(doubt(second(TIMESTAMP, PATH), BODY)).isEqualTo(GENUINE);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void noHeaderWhateverItHoldsEndsInAnException() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        String letters = "hmac-sha256-hex=0123456789abcdef \u0000\t\r\n\uD83D\uDCE6é,:+ZTue Aug";
        for (int round = 0; round < 20_000; round++) {
            MultiMap headers = second(noise(random, letters), noise(random, letters), noise(random, letters));
            assertThat(doubt(headers, BODY)).as("seed %d, %s", seed, headers).isPresent();
            assertThat(doubt(first(noise(random, letters)), BODY)).isPresent();
        }
    }

    private static String noise(SplittableRandom random, String letters) {
        return random.ints(random.nextInt(60), 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void withoutASecretThereIsNoVerifier() {
        assertThatIllegalArgumentException().isThrownBy(() -> easyPost(TIME));
    }
}
