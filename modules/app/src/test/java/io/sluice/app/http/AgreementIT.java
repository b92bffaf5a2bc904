package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.process.AnnouncedLaw;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A carrier's agreement that ends while orders are placed. */
@Clause("C5")
class AgreementIT {

    /** Long enough for a node to start on a busy machine, and to deliver an order. */
    private static final Duration LASTS = Duration.ofSeconds(75);

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    @Test
    void beforeItsEndParcelsGoOutAndAfterwardsNothingDoesAndOrdersAreHeld() throws Exception {
        Instant end = Instant.now().plus(LASTS);
        Path laws = law(end);
        Map<String, String> settings =
                Map.of("policy.dir", laws.toString(), "policy.signers", AnnouncedLaw.KEY.toString());
        try (Shop shop = Shop.open(folder.resolve("data"), settings)) {
            String token = shop.token("customer1");
            JsonObject before = atRest(shop, token, "before");
            assertThat(before.getString("state")).isEqualTo("CLOSED");
            assertThat(shop.metrics()).doesNotContain("AGREEMENT_NOT_VALID");

            Instant giveUp = end.plus(PATIENCE);
            JsonObject last = before;
            for (int i = 0;
                    "CLOSED".equals(last.getString("state")) && Instant.now().isBefore(giveUp);
                    i++) {
                last = atRest(shop, token, "order-" + i);
            }

            assertThat(Instant.now()).as("the end").isAfterOrEqualTo(end);
            assertThat(last.getString("state")).as(last.encode()).isEqualTo("ON_HOLD");
            assertThat(last.getString("hold_reason")).isEqualTo("AGREEMENT");
            assertThat(disclosed("carrier")).contains(before.getString("id")).doesNotContain(last.getString("id"));
            assertThat(disclosed("provider"))
                    .as("whose agreement goes on")
                    .contains(before.getString("id"), last.getString("id"));
            assertThat(shop.metrics())
                    .containsPattern(
                            "sluice_guard_alerts_total\\{alert=\"AGREEMENT_NOT_VALID\",partner=\"sandbox-carrier\"} [1-9]");
        }
    }

    /** What a partner has been told, as it has written down itself. */
    private String disclosed(String partner) throws IOException {
        return Files.readString(folder.resolve("data/outside/" + partner + ".ndjson"));
    }

    private static JsonObject atRest(Shop shop, String token, String key) throws Exception {
        String placed =
                shop.place(token, key, Shop.order(shop.freshProduct()).encode()).body();
        String path = "/v1/orders/" + new JsonObject(placed).getString("id");
        JsonObject order = new JsonObject(shop.get(token, path).body());
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (!Set.of("CLOSED", "ON_HOLD").contains(order.getString("state"))) {
            assertThat(Instant.now()).as(order.encode()).isBefore(giveUp);
            order = new JsonObject(shop.get(token, path).body());
        }
        return order;
    }

    /** The law of the repository, but for the end of the carrier's agreement. */
    private Path law(Instant end) throws IOException {
        String text =
                AnnouncedLaw.shipped().replaceFirst("(?s)(\\n  sandbox-carrier:.*?valid_until: )[^\\n]+", "$1" + end);
        assertThat(text).contains("valid_until: " + end);
        Path laws = Files.createDirectory(folder.resolve("policy"));
        assertThat(AnnouncedLaw.sign(laws, AnnouncedLaw.SHIPPED, text)).exists();
        return laws;
    }
}
