package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.process.AnnouncedLaw;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a notice in the house: receivers that are none of the public internet's, and an agreement that has ended. */
final class ReceiverRulesIT {

    /** Long enough for a node to start on a busy machine, and to tell of an order. */
    private static final Duration LASTS = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void asOutsideDevelopmentOnlyThePublicInternetIsTakenAndTheAnswerSaysWhyNot() throws Exception {
        try (Shop shop = Shop.open(folder, Map.of("subscriptions.private_addresses", "false"))) {
            String merchant = shop.token("merchant");
            for (String url : List.of(
                    "http://hooks.merchant.example/",
                    "https://127.0.0.1/",
                    "https://169.254.169.254/latest/meta-data/",
                    "https://[::ffff:10.0.0.1]/",
                    "https://localhost/",
                    "https://user:secret@hooks.merchant.example/",
                    "https://hooks.merchant.example/#here",
                    "https://hooks.merchant.example:22/")) {
                HttpResponse<String> answer = subscribe(shop, merchant, url);
                assertThat(answer.statusCode()).as(url).isEqualTo(422);
                assertThat(new JsonObject(answer.body())
                                .getJsonArray("errors")
                                .getJsonObject(0)
                                .getString("pointer"))
                        .isEqualTo("/url");
                assertThat(answer.body()).as("nothing is said back").doesNotContain("secret", "169.254");
            }
            assertThat(subscribe(shop, merchant, "https://hooks.merchant.example/orders")
                            .statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    @Clause("C5")
    void afterTheAgreementsEndNothingIsToldAndItIsHeldWithItsReason() throws Exception {
        Instant end = Instant.now().plus(LASTS);
        Path laws = Files.createDirectory(folder.resolve("policy"));
        String text = AnnouncedLaw.shipped()
                .replaceFirst("(?s)(\\n  merchant:\\n    agreement:.*?valid_until: )[^\\n]+", "$1" + end);
        assertThat(AnnouncedLaw.sign(laws, AnnouncedLaw.SHIPPED, text)).exists();
        Map<String, String> settings = Map.of(
                "policy.dir",
                laws.toString(),
                "policy.signers",
                AnnouncedLaw.KEY.toString(),
                "subscriptions.sweep_every",
                "200ms");
        try (Receiver receiver = new Receiver();
                Shop shop = Shop.open(folder.resolve("data"), settings)) {
            OrderDesk desk = OrderDesk.of(shop);
            String merchant = shop.token("merchant");
            HttpResponse<String> made = subscribe(shop, merchant, receiver.url());
            String path = "/v1/subscriptions/" + SubscriptionIT.json(made).getString("id");
            String before = desk.placed(1, "pm_card_visa").getString("id");
            assertThat(receiver.next(before).sequence()).isEqualTo(1);

            while (Instant.now().isBefore(end)) {
                assertThat(shop.get(merchant, path).body()).doesNotContain("privacy.agreement-not-valid");
            }
            String after = desk.placed(1, "pm_card_visa").getString("id");
            long giveUp = System.nanoTime() + LASTS.toNanos();
            String shown = "";
            while (!shown.contains("privacy.agreement-not-valid")) {
                assertThat(System.nanoTime()).as(shown).isLessThan(giveUp);
                shown = shop.get(merchant, path).body();
            }

            assertThat(receiver.isSilentAbout(after)).isTrue();
            assertThat(shop.leaves("merchant", "privacy.agreement-not-valid")).isNotEmpty();
        }
    }

    private static HttpResponse<String> subscribe(Shop shop, String token, String url) throws Exception {
        return shop.send(shop.request("/v1/subscriptions")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("url", url).encode())));
    }
}
