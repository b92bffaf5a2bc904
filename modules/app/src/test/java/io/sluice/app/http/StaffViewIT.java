package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What staff see of the persons of an order: masked values if these persons let them, and otherwise the order alone. */
@Clause("B7")
class StaffViewIT {

    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private static final List<String> WHOLE =
            List.of("Nora", "Lind", "Skogsgatan", "Trappa", "70123", "nora.lind", "pm_card_visa");
    private static final List<String> SHOWN = List.of("N••• L•••", "Uppsala", "753 10", "•••4567", "n•••@example.net");

    private static final String REFUSED = "privacy.purpose-not-permitted";

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String customer;
    private static String path;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        customer = shop.token("customer1");
        path = place("for-a-look", order());
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    @BeforeEach
    void theCustomerHasNotConsented() throws Exception {
        decide(false);
    }

    @Test
    @Clause("C2")
    void withoutConsentTheOrderIsShownAndNobodyWithItAndALeafSaysThatItWasRefused() throws Exception {
        long refused = leaves(REFUSED);

        HttpResponse<String> answer = look("support", path);

        assertThat(leaves(REFUSED)).as("leaves of refused looks").isEqualTo(refused + 1);
        JsonObject order = new JsonObject(answer.body());
        assertThat(order.getString("id")).isEqualTo(path.substring(path.lastIndexOf('/') + 1));
        assertThat(order.getJsonArray("lines")).hasSize(1);
        assertThat(contract().faults("StaffOrder", order)).isEmpty();
        assertWithheld(answer, REFUSED);
    }

    @Test
    @Clause("C2")
    void withConsentEachValueIsShownBehindItsMaskAndItsLeafIsDurableBefore() throws Exception {
        JsonObject persons = consented();
        long shown = leaves("permit");

        HttpResponse<String> answer = look("support", path);

        assertThat(leaves("permit")).as("leaves as the answer has come").isEqualTo(shown + 1);
        assertThat(persons)
                .isEqualTo(new JsonObject()
                        .put(
                                "delivery",
                                new JsonObject()
                                        .put("name", "N••• L•••")
                                        .put("line1", "•••")
                                        .put("line2", "•••")
                                        .put("city", "Uppsala")
                                        .put("region", "Uppland")
                                        .put("postcode", "753 10")
                                        .put("country", "SE")
                                        .put("phone", "•••4567"))
                        .put("contact", new JsonObject().put("email", "n•••@example.net")));
        assertThat(answer.body()).contains(SHOWN).doesNotContain("persons_withheld");
        assertThat(contract().faults("StaffOrder", new JsonObject(answer.body())))
                .isEmpty();
        assertNothingWhole(answer);
        assertThat(shop.leaves("order.persons#reply", "permit").getLast().getJsonArray("opened"))
                .as("as they are opened, masked or not")
                .contains("delivery.name", "delivery.phone", "contact.email")
                .doesNotContain("payment.method", "account.name");
    }

    /** So that the other tests say something: what is masked for staff is there in full for whoever needs it so. */
    @Test
    void theCarrierGetsTheSameValuesInFull() throws Exception {
        until(
                "delivered",
                () -> "CLOSED"
                        .equals(new JsonObject(
                                        shop.get(customer, "/v1/orders/" + id()).body())
                                .getString("state")));

        assertThat(Files.readString(dataDir.resolve("outside/carrier.ndjson")))
                .contains("Nora Lind", "Skogsgatan 4", "+46701234567");
    }

    @Test
    void aPrivacyOfficerSeesWhatAnAssistantDoes() throws Exception {
        JsonObject persons = consented();

        HttpResponse<String> answer = look("privacy_officer", path);

        assertThat(new JsonObject(answer.body()).getJsonObject("persons")).isEqualTo(persons);
        assertNothingWhole(answer);
    }

    @Test
    void whoeverHasAnotherRoleSeesTheOrderAloneAndNothingIsOpened() throws Exception {
        consented();
        long shown = leaves("permit");

        HttpResponse<String> answer = look("operator", path);

        assertWithheld(answer, "auth.role-missing");
        assertThat(leaves("permit")).isEqualTo(shown);
        assertThat(shop.send(asStaff(customer, path)).statusCode()).isEqualTo(403);
    }

    @Test
    @Clause("D5")
    void aWithdrawalEndsTheNextLookAndAClientWhoKnowsTheLastOneIsToldSo() throws Exception {
        consented();
        String support = shop.token("support");
        String tag =
                shop.send(asStaff(support, path)).headers().firstValue("ETag").orElseThrow();
        assertThat(shop.send(asStaff(support, path).header("If-None-Match", tag))
                        .statusCode())
                .as("nothing has changed")
                .isEqualTo(304);

        decide(false);

        HttpResponse<String> after = shop.send(asStaff(support, path).header("If-None-Match", tag));
        assertThat(after.statusCode()).isEqualTo(200);
        assertWithheld(after, REFUSED);
    }

    @Test
    void theRecipientOfAGiftHasNotConsentedWhateverTheBuyerHas() throws Exception {
        consented();
        JsonObject gift = order().put(
                        "recipient", new JsonObject().put("name", "Nora Lind").put("email", "nora.lind@example.net"));

        assertWithheld(look("support", place("a-gift-to-look-at", gift)), REFUSED);
    }

    @Test
    void anOrderThatIsNotThereConcernsNobody() throws Exception {
        long leaves = leaves("permit") + leaves(REFUSED);

        HttpResponse<String> answer =
                shop.send(asStaff(shop.token("support"), "/v1/staff/orders/0198c1a0-0000-7000-8000-0000000000ff"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(leaves("permit") + leaves(REFUSED)).isEqualTo(leaves);
    }

    private static Contract contract() throws Exception {
        return new Contract(
                new JsonObject(shop.send(shop.request("/openapi.json").GET()).body()));
    }

    private static void assertWithheld(HttpResponse<String> answer, String code) {
        JsonObject order = new JsonObject(answer.body());
        assertThat(order.containsKey("persons")).isTrue();
        assertThat(order.getValue("persons")).isNull();
        assertThat(order.getString("persons_withheld")).isEqualTo(code);
        assertThat(answer.body()).doesNotContain(SHOWN).doesNotContain("•••");
        assertNothingWhole(answer);
    }

    private static void assertNothingWhole(HttpResponse<String> answer) {
        assertThat(answer.headers().map() + answer.body()).doesNotContain(WHOLE);
    }

    /** The persons, once the customer lets staff see them and the node knows that. */
    @CanIgnoreReturnValue
    private static JsonObject consented() throws Exception {
        decide(true);
        JsonObject[] persons = new JsonObject[1];
        until("shown", () -> {
            persons[0] = new JsonObject(look("support", path).body()).getJsonObject("persons");
            return persons[0] != null;
        });
        return persons[0];
    }

    private static void decide(boolean granted) throws Exception {
        HttpResponse<String> answer = shop.send(shop.request("/v1/me/consents/customer_assistance")
                .header("Authorization", "Bearer " + customer)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        new JsonObject().put("granted", granted).encode())));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> look(String role, String path) throws Exception {
        HttpResponse<String> answer = shop.send(asStaff(shop.token(role), path));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpRequest.Builder asStaff(String token, String path) {
        return shop.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Purpose", "customer_assistance")
                .header("Case", "case-7")
                .GET();
    }

    private static JsonObject order() {
        JsonObject order = Shop.order(shop.freshProduct());
        order.getJsonObject("delivery")
                .put("line2", "Trappa 2")
                .put("region", "Uppland")
                .put("phone", "+46701234567");
        return order.put("contact", new JsonObject().put("email", "nora.lind@example.net"));
    }

    private static String place(String key, JsonObject order) throws Exception {
        HttpResponse<String> placed = shop.place(customer, key, order.encode());
        assertThat(placed.statusCode()).as(placed.body()).isEqualTo(201);
        return "/v1/staff/orders/" + new JsonObject(placed.body()).getString("id");
    }

    private static String id() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** How many leaves of looks say so, durable at this moment. */
    private static long leaves(String decision) throws Exception {
        return shop.leaves("order.persons#reply", decision).size();
    }

    /** Says whether it has come. */
    private interface Sign {
        boolean isThere() throws Exception;
    }

    private static void until(String what, Sign sign) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (!sign.isThere()) {
            assertThat(System.nanoTime()).as("in time " + what).isLessThan(giveUp);
        }
    }
}
