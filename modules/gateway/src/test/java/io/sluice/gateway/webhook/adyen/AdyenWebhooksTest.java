package io.sluice.gateway.webhook.adyen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.adyen.model.notification.NotificationRequest;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.notification.WebhookHandler;
import com.adyen.util.HMACValidator;
import io.sluice.gateway.webhook.CallbackProtocol.Arrival;
import io.sluice.gateway.webhook.CallbackProtocol.Event;
import io.sluice.gateway.webhook.CallbackProtocol.Verdict;
import io.sluice.gateway.webhook.Said;
import io.sluice.gateway.webhook.Said.Slots;
import io.sluice.gateway.webhook.WebhookRefusal;
import io.sluice.gateway.webhook.WebhookSecret;
import io.sluice.kernel.Clause;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdyenWebhooksTest {

    // Adyen's own example
    private static final String KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    private static final String ANOTHER = "00".repeat(31) + "01";
    private static final UUID OPERATION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8001");
    private static final Verdict WRONG = new Verdict.Doubtful(WebhookRefusal.SIGNATURE_WRONG);
    private static final Verdict MALFORMED = new Verdict.Doubtful(WebhookRefusal.MALFORMED);

    private static AdyenWebhooks adyen(String... keys) {
        return new AdyenWebhooks(
                List.of(keys).stream().map(WebhookSecret::hexadecimal).toList());
    }

    private static Verdict judge(AdyenWebhooks adyen, String body) {
        return adyen.judge(new Arrival("/", MultiMap.caseInsensitiveMultiMap(), Buffer.buffer(body)));
    }

    private static Verdict judge(String body) {
        return judge(adyen(KEY), body);
    }

    private static JsonObject example() {
        return item("7914073381342284", "AUTHORISATION", "true", "TestPayment-1407325143704", 1130, "EUR")
                .put("merchantAccountCode", "TestMerchant");
    }

    private static JsonObject item(
            String psp, String code, String success, String reference, long value, String currency) {
        return new JsonObject()
                .put("additionalData", new JsonObject().put("cardHolderName", "Ada Lovelace"))
                .put("amount", new JsonObject().put("value", value).put("currency", currency))
                .put("eventCode", code)
                .put("eventDate", "2026-11-23T18:22:00+02:00")
                .put("merchantAccountCode", "Shop")
                .put("merchantReference", reference)
                .put("paymentMethod", "visa")
                .put("pspReference", psp)
                .put("reason", "Ada's card said no")
                .put("success", success);
    }

    /** Signs as Adyen's own library does. */
    private static JsonObject signed(String key, JsonObject item) {
        try {
            String signature = new HMACValidator().calculateHMAC(parsed(body(item)), key);
            item.getJsonObject("additionalData").put("hmacSignature", signature);
            return item;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String body(JsonObject... items) {
        JsonArray all = new JsonArray();
        for (JsonObject item : items) {
            all.add(new JsonObject().put("NotificationRequestItem", item));
        }
        return new JsonObject()
                .put("live", "false")
                .put("notificationItems", all)
                .encode();
    }

    private static NotificationRequestItem parsed(String body) throws Exception {
        NotificationRequest request = new WebhookHandler().handleNotificationJson(body);
        return request.getNotificationItems().getFirst();
    }

    private static boolean isGenuineToAdyen(String body) {
        try {
            return new HMACValidator().validateHMAC(parsed(body), KEY);
        } catch (Exception refused) {
            return false;
        }
    }

    private static Verdict says(String event, Said said) {
        return new Verdict.Genuine(List.of(new Event(event, said)));
    }

    private static Verdict says(
            String event, String kind, @Nullable UUID operation, @Nullable String reference, String status) {
        return says(event, new Said.Known(new Slots(kind, operation, reference, status, 1130L, "EUR", null, null)));
    }

    @Test
    void adyensOwnExampleIsGenuine() {
        JsonObject example = example();
        example.getJsonObject("additionalData").put("hmacSignature", "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=");

        assertThat(judge(body(example)))
                .isEqualTo(says(
                        "7914073381342284.AUTHORISATION.true",
                        "authorisation.succeeded",
                        null,
                        "7914073381342284",
                        "succeeded"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pspReference", "merchantAccountCode", "merchantReference", "eventCode"})
    void anotherTextInASignedFieldIsNot(String field) {
        JsonObject item = signed(KEY, example());
        item.put(field, item.getString(field) + "X");

        assertThat(judge(body(item))).isEqualTo(WRONG);
        assertThat(isGenuineToAdyen(body(item))).isFalse();
    }

    @Test
    void anotherAmountOrOutcomeOrOriginIsNot() {
        JsonObject more = signed(KEY, example());
        more.getJsonObject("amount").put("value", 1131);
        JsonObject dearer = signed(KEY, example());
        dearer.getJsonObject("amount").put("currency", "GBP");
        JsonObject freely = signed(KEY, example().put("success", "false")).put("success", "true");
        JsonObject elsewhere = signed(KEY, example()).put("originalReference", "1");
        JsonObject without = signed(KEY, example());
        without.remove("amount");

        assertThat(List.of(more, dearer, freely, elsewhere, without))
                .allSatisfy(item -> assertThat(judge(body(item))).isEqualTo(WRONG));
    }

    @Test
    void whatIsNotSignedMayBeAnythingAndIsNotRead() {
        JsonObject item = signed(KEY, example()).put("reason", "another").put("eventDate", "never");
        item.getJsonObject("additionalData").put("modification.action", "refund");

        Verdict verdict = judge(body(item));

        assertThat(verdict).isInstanceOf(Verdict.Genuine.class).isEqualTo(judge(body(signed(KEY, example()))));
    }

    @Test
    @Clause("C6")
    void nothingOfThePayerIsRead() {
        assertThat(judge(body(signed(KEY, example()))).toString()).doesNotContain("Ada", "visa");
    }

    @Test
    void whatAdyensLibrarySignsIsGenuineAndOneOtherCharacterIsRefusedByBoth() {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> texts = List.of("pspReference", "merchantAccountCode", "merchantReference", "originalReference");
        for (int round = 0; round < 200; round++) {
            JsonObject item = item(
                            word(random),
                            random.nextBoolean() ? "CAPTURE" : "REFUND_FAILED",
                            Boolean.toString(random.nextBoolean()),
                            word(random) + (random.nextBoolean() ? ":\\é宮" : ""),
                            random.nextLong(0, Long.MAX_VALUE),
                            "EUR")
                    .put("originalReference", word(random));
            String body = body(signed(KEY, item));
            assertThat(judge(body)).as("seed %d, %s", seed, body).isInstanceOf(Verdict.Genuine.class);
            assertThat(isGenuineToAdyen(body)).isTrue();

            String field = texts.get(random.nextInt(texts.size()));
            String text = item.getString(field);
            int at = random.nextInt(text.length());
            item.put(field, text.substring(0, at) + (text.charAt(at) == 'a' ? 'b' : 'a') + text.substring(at + 1));
            assertThat(judge(body(item))).as("seed %d, %s", seed, item).isEqualTo(WRONG);
            assertThat(isGenuineToAdyen(body(item)))
                    .as("seed %d, %s", seed, item)
                    .isFalse();
        }
    }

    private static String word(SplittableRandom random) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        return random.ints(random.nextInt(1, 20), 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }

    @Test
    void aSignatureDoesNotFitTheSameTextDividedIntoOtherFields() {
        JsonObject item =
                signed(KEY, example().put("merchantAccountCode", "Shop").put("merchantReference", "a:b"));
        JsonObject shifted = item.copy().put("merchantAccountCode", "Shop:a").put("merchantReference", "b");

        assertThat(judge(body(item))).isInstanceOf(Verdict.Genuine.class);
        assertThat(isGenuineToAdyen(body(shifted)))
                .as("Adyen's library is taken in")
                .isTrue();
        assertThat(judge(body(shifted))).isEqualTo(MALFORMED);
    }

    @Test
    void whileAKeyIsReplacedBothAreBelievedAndAfterwardsOneIs() {
        String byOld = body(signed(KEY, example()));
        String byNew = body(signed(ANOTHER, example()));

        assertThat(judge(adyen(ANOTHER, KEY), byOld)).isInstanceOf(Verdict.Genuine.class);
        assertThat(judge(adyen(ANOTHER, KEY), byNew)).isInstanceOf(Verdict.Genuine.class);
        assertThat(judge(adyen(ANOTHER), byOld)).isEqualTo(WRONG);
    }

    @Test
    void everyItemOfABatchIsAnEvent() {
        JsonObject first = signed(KEY, example());
        JsonObject second = signed(KEY, example().put("pspReference", "2"));

        assertThat(judge(body(first, second)))
                .isInstanceOfSatisfying(
                        Verdict.Genuine.class,
                        genuine -> assertThat(genuine.events())
                                .extracting(Event::id)
                                .containsExactly("7914073381342284.AUTHORISATION.true", "2.AUTHORISATION.true"));
    }

    @Test
    void oneItemThatIsNotGenuineHasTheWholeBatchRefused() {
        JsonObject genuine = signed(KEY, example());
        JsonObject forged = signed(ANOTHER, example().put("pspReference", "2"));

        assertThat(judge(body(genuine, forged))).isEqualTo(WRONG);
        assertThat(judge(body(forged, genuine))).isEqualTo(WRONG);
    }

    @Test
    void aBatchOfMoreItemsThanAnybodySendsIsRefused() {
        JsonObject[] sixteen = new JsonObject[16];
        JsonObject[] thousands = new JsonObject[5_000];
        Arrays.fill(sixteen, signed(KEY, example()));
        Arrays.fill(thousands, signed(KEY, example()));

        assertThat(judge(body(sixteen))).isInstanceOf(Verdict.Genuine.class);
        assertThat(judge(body(thousands))).isEqualTo(MALFORMED);
    }

    @Test
    void withoutASignatureItIsMissing() {
        assertThat(judge(body(example()))).isEqualTo(new Verdict.Doubtful(WebhookRefusal.SIGNATURE_MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&&&", "aGVsbG8=", "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=AAAA"})
    void aSignatureThatCannotBeOneIsGarbled(String signature) {
        JsonObject item = example();
        item.getJsonObject("additionalData").put("hmacSignature", signature);

        assertThat(judge(body(item))).isEqualTo(new Verdict.Doubtful(WebhookRefusal.SIGNATURE_GARBLED));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORISATION, true, authorisation.succeeded, succeeded",
        "AUTHORISATION, false, authorisation.declined, declined",
        "EXPIRE, true, authorisation.expired, expired"
    })
    void anAuthorisationIsNamedByItsId(String code, String success, String kind, String status) {
        JsonObject item = item("1", code, success, OPERATION.toString(), 1130, "EUR");

        assertThat(judge(body(signed(KEY, item))))
                .isEqualTo(says("1." + code + "." + success, kind, OPERATION, "1", status));
    }

    @ParameterizedTest
    @CsvSource({
        "CAPTURE, true, capture, succeeded",
        "CAPTURE, false, capture, failed",
        "CAPTURE_FAILED, true, capture, reversed",
        "CANCELLATION, true, void, succeeded",
        "CANCELLATION, false, void, failed",
        "TECHNICAL_CANCEL, true, void, succeeded",
        "REFUND, true, refund, succeeded",
        "REFUND, false, refund, failed",
        "REFUND_FAILED, true, refund, reversed",
        "REFUNDED_REVERSED, true, refund, reversed"
    })
    void whatIsDoneWithOneIsNamedByKindAndId(String code, String success, String kind, String status) {
        JsonObject ours =
                item("2", code, success, kind + "." + OPERATION, 1130, "EUR").put("originalReference", "1");
        JsonObject byHand =
                item("2", code, success, OPERATION.toString(), 1130, "EUR").put("originalReference", "1");
        String event = "2." + code + "." + success;

        assertThat(judge(body(signed(KEY, ours)))).isEqualTo(says(event, kind + "." + status, OPERATION, "2", status));
        assertThat(judge(body(signed(KEY, byHand))))
                .as("it must not pass for the payment whose reference it has")
                .isEqualTo(says(event, kind + "." + status, null, "2", status));
    }

    @ParameterizedTest
    @CsvSource({
        "NOTIFICATION_OF_CHARGEBACK, announced, 9",
        "CHARGEBACK, opened, 9",
        "SECOND_CHARGEBACK, opened, 9.second",
        "CHARGEBACK_REVERSED, won, 9",
        "PREARBITRATION_WON, won, 9",
        "PREARBITRATION_LOST, lost, 9"
    })
    void aDisputeIsAChargebackOfThePaymentByAReferenceOfItsOwn(String code, String status, String dispute) {
        JsonObject item =
                item("9", code, "true", OPERATION.toString(), 1130, "EUR").put("originalReference", "1");

        assertThat(judge(body(signed(KEY, item))))
                .isEqualTo(says("9." + code + ".true", "chargeback." + status, OPERATION, dispute, status));
    }

    @ParameterizedTest
    @ValueSource(strings = {"REPORT_AVAILABLE", "CANCEL_OR_REFUND", "NOTIFICATION_OF_FRAUD", "SOMETHING_NEW"})
    void whatIsNotOursIsTakenAndUnknown(String code) {
        JsonObject item = item("1", code, "true", "x", 0, "EUR");

        assertThat(judge(body(signed(KEY, item)))).isEqualTo(says("1." + code + ".true", new Said.Unknown()));
    }

    @ParameterizedTest
    @CsvSource({
        "CLP, 199900, 1999",
        "ISK, 100, 1",
        "CVE, 20, 2000",
        "IDR, 20, 2000",
        "JPY, 1999, 1999",
        "KWD, 1990, 1990"
    })
    void amountsAreToldInTheCurrencysOwnMinorUnits(String currency, long theirs, long ours) {
        JsonObject item = item("1", "AUTHORISATION", "true", OPERATION.toString(), theirs, currency);

        assertThat(judge(body(signed(KEY, item))))
                .isEqualTo(says(
                        "1.AUTHORISATION.true",
                        new Said.Known(new Slots(
                                "authorisation.succeeded", OPERATION, "1", "succeeded", ours, currency, null, null))));
    }

    @ParameterizedTest
    @CsvSource({"CLP, 1999", "ISK, 1", "IDR, 9223372036854775807"})
    void anAmountThatIsNoWholeNumberOfThemIsLeftOutSoThatTheQueueGoesOn(String currency, long amount) {
        JsonObject item = item("1", "AUTHORISATION", "true", OPERATION.toString(), amount, currency);

        assertThat(judge(body(signed(KEY, item))))
                .isEqualTo(says(
                        "1.AUTHORISATION.true",
                        new Said.Known(new Slots(
                                "authorisation.succeeded", OPERATION, "1", "succeeded", null, currency, null, null))));
    }

    @Test
    void aReportIsTakenAndUnknownHoweverItIsNamed() {
        String report = "settlement_detail_report_batch_3 (1).csv";
        JsonObject item = item(report, "REPORT_AVAILABLE", "true", "", 0, "EUR");
        item.remove("merchantReference");

        assertThat(judge(body(signed(KEY, item))))
                .isEqualTo(says(report + ".REPORT_AVAILABLE.true", new Said.Unknown()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{",
                "{\"notificationItems\":{}}",
                "{\"notificationItems\":[]}",
                "{\"notificationItems\":[7]}",
                "{\"notificationItems\":[[[]]]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":7}]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":{}}]}",
                "{\"notificationItems\":[{\"NotificationRequestItem\":{",
            })
    void whatIsNotAsAdyenWritesItIsMalformed(String body) {
        assertThat(judge(body)).isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"pspReference\":\"1\"", "\"success\":\"false\"", "\"amount\":{}"})
    void aFieldGivenTwiceIsMalformed(String field) {
        String twice = body(signed(KEY, example())).replace("\"eventDate\"", field + ",\"eventDate\"");

        assertThat(judge(twice)).isEqualTo(MALFORMED);
    }

    @Test
    void noCutEndsInAnException() {
        String whole = body(signed(KEY, example()));
        for (int length = 0; length < whole.length(); length++) {
            assertThat(judge(whole.substring(0, length))).isEqualTo(MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG-u-nu-arab", "ar", "th-TH-u-nu-thai", "tr"})
    void noLocaleChangesTheVerdict(String locale) {
        String body = body(signed(KEY, example()));
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(locale));
            assertThat(judge(body)).isInstanceOf(Verdict.Genuine.class);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.hexadecimal("44782XYZ"))
                .withMessageNotContaining("XYZ")
                .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> adyen());
    }
}
