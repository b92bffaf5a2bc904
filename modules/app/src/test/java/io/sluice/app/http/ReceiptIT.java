package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.receipt.ReceiptCheck;
import io.sluice.kernel.Clause;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer's receipt, checked offline by what shares no code with whatever made it, and what may be done to it on the way. */
@Clause("C4")
class ReceiptIT {

    @TempDir
    static Path dataDir;

    private static Shop shop;
    private static String path;
    private static JsonObject receipt;

    @BeforeAll
    static void open() throws Exception {
        shop = Shop.open(dataDir, Map.of());
        String token = shop.token("customer1");
        String placed = shop.place(
                        token, "for-a-receipt", Shop.order(shop.freshProduct()).encode())
                .body();
        path = "/v1/orders/" + new JsonObject(placed).getString("id");
        // asked for at once: the leaves are sealed while it waits
        assertThat(receipt(token).getInteger("count")).isPositive();
        while (!"CLOSED".equals(new JsonObject(shop.get(token, path).body()).getString("state"))) {
            assertThat(receipt(token).getJsonArray("leaves")).isNotEmpty();
        }
        receipt = receipt(token);
    }

    @AfterAll
    static void close() throws Exception {
        shop.close();
    }

    private static JsonObject receipt(String token) throws Exception {
        JsonObject told = new JsonObject(shop.get(token, path + "/receipt").body());
        assertThat(check(told).problems()).as(told.encode()).isEmpty();
        return told;
    }

    private static ReceiptCheck.Result check(JsonObject told, String... kept) {
        return ReceiptCheck.check(told.encode(), List.of(kept));
    }

    @Test
    void itSaysWhoGotWhatForWhichPurposeUnderWhichLaw() {
        List<JsonObject> leaves =
                leaves(receipt).map(each -> each.getJsonObject("leaf")).toList();
        assertThat(leaves).extracting(leaf -> leaf.getString("receiver")).contains("order.place", "sandbox-carrier");
        assertThat(leaves).allSatisfy(leaf -> assertThat(leaf.fieldNames()).contains("policy", "opened", "carried"));
        assertThat(leaves.stream().filter(leaf -> "disclosure".equals(leaf.getString("kind"))))
                .isNotEmpty()
                .allSatisfy(leaf -> assertThat(leaf.getString("purpose")).isNotEmpty());
        assertThat(receipt.encode()).doesNotContain("Nora", "Skogsgatan", "753 10");
    }

    @Test
    void anothersReceiptIsNotFound() throws Exception {
        assertThat(shop.get(shop.token("customer2"), path + "/receipt").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aKeptHeadOfTheSameLogBearsItOut() throws Exception {
        String head = receipt.getJsonObject("head").encode();
        assertThat(check(receipt, head).isPinned()).isTrue();
        String later = shop.send(shop.request("/v1/ledger/heads/latest").GET()).body();
        assertThat(check(receipt, later).problems()).isEmpty();
        assertThat(check(receipt, "{\"kind\":\"ledger.head\",\"number\":1,\"data\":" + head + "}")
                        .isPinned())
                .isTrue();
    }

    @Test
    void aKeptHeadThatContradictsItRefusesIt() {
        JsonObject other = receipt.getJsonObject("head").copy();
        other.getJsonObject("head")
                .put("root", turned(other.getJsonObject("head").getString("root")));
        assertThat(check(receipt, other.encode()).problems()).isNotEmpty();
        JsonObject stranger = receipt.getJsonObject("head").copy();
        stranger.put("public_key", turned(stranger.getString("public_key")));
        assertThat(check(receipt, stranger.encode()).problems()).isNotEmpty();
    }

    @Test
    void whatIsOfAnotherOrderIsNoticed() {
        refused(told -> told.put("order", "0198c1a0-0000-7000-8000-0000000000ff"));
        refused(told -> told.put("salt", turned(told.getString("salt"))));
        refused(told -> told.remove("salt"));
    }

    @Test
    void aLastKeptLineThatIsUnderWayIsLeftOut() {
        String head = receipt.getJsonObject("head").encode();
        assertThat(ReceiptCheck.kept(head)).containsExactly(head);
        assertThat(ReceiptCheck.kept(head + "\n" + head.substring(0, 20))).containsExactly(head);
        List<String> spoiled = ReceiptCheck.kept(head.substring(0, 20) + "\n" + head + "\n");
        assertThat(ReceiptCheck.check(receipt.encode(), spoiled).problems()).isNotEmpty();
    }

    @Test
    void aLeafLeftOutIsNoticed() {
        for (int i = 0; i < receipt.getInteger("count"); i++) {
            int at = i;
            refused(told -> told.getJsonArray("leaves").remove(at));
            refused(told -> {
                told.getJsonArray("leaves").remove(at);
                told.put("count", told.getInteger("count") - 1);
            });
            refused(told -> {
                told.getJsonArray("leaves").remove(at);
                told.put("count", told.getInteger("count") - 1);
                JsonObject tally = told.getJsonObject("tally").getJsonObject("tally");
                tally.put("count", tally.getInteger("count") - 1);
            });
        }
    }

    @Test
    void aTallyThatIsLeftOutOrLowerIsNoticed() {
        refused(told -> told.remove("tally"));
        refused(told -> told.put("count", told.getInteger("count") - 1));
        refused(told -> told.getJsonObject("tally").getJsonObject("tally").put("count", 1));
    }

    @Test
    void anythingChangedInALeafIsNoticed() {
        for (String member : List.of("receiver", "purpose", "time", "policy", "contract", "decision", "record")) {
            leaves(receipt)
                    .filter(each -> each.getJsonObject("leaf").containsKey(member))
                    .findFirst()
                    .ifPresent(found -> {
                        int at = receipt.getJsonArray("leaves").getList().indexOf(found.getMap());
                        refused(told -> leaf(told, Math.max(0, at)).put(member, "x"));
                    });
        }
        refused(told -> leaf(told, 0).put("n", leaf(told, 0).getInteger("n") + 1));
        refused(told -> leaf(told, 0).getJsonArray("carried").add("delivery.name"));
        refused(told -> leaf(told, 0).put("extra", 1));
    }

    @Test
    void exchangedOrRepeatedLeavesAreNoticed() {
        refused(told -> {
            JsonArray leaves = told.getJsonArray("leaves");
            JsonObject first = leaves.getJsonObject(0);
            leaves.set(0, leaves.getJsonObject(1)).set(1, first);
        });
        refused(told ->
                told.getJsonArray("leaves").set(1, told.getJsonArray("leaves").getJsonObject(0)));
        refused(told -> {
            told.getJsonArray("leaves").add(told.getJsonArray("leaves").getJsonObject(0));
            told.put("count", told.getInteger("count") + 1);
        });
    }

    @Test
    void everyHashOfEveryProofMatters() {
        for (int leaf = 0; leaf < receipt.getInteger("count"); leaf++) {
            for (int step = 0; step < 2; step++) {
                int of = leaf;
                int at = step;
                int length = path(receipt, of, at).size();
                for (int i = 0; i < length; i++) {
                    int hash = i;
                    refused(told -> path(told, of, at)
                            .set(hash, turned(path(told, of, at).getString(hash))));
                }
                refused(told -> path(told, of, at)
                        .add(receipt.getJsonObject("head").getJsonObject("head").getString("root")));
            }
        }
    }

    @Test
    void aHeadThatIsNotSignedIsNoticed() {
        refused(told -> told.getJsonObject("head").getJsonObject("head").put("size", 1));
        refused(told -> told.getJsonObject("head")
                .put("signature", turned(told.getJsonObject("head").getString("signature"))));
        refused(told -> told.getJsonObject("head")
                .put("public_key", turned(told.getJsonObject("head").getString("public_key"))));
    }

    @Test
    void whatIsNoReceiptIsRefusedInWords() {
        for (String text : List.of("", "{", "[]", "null", "{}", "{\"head\":{}}", receipt.encode() + "{}")) {
            assertThat(ReceiptCheck.check(text, List.of()).problems()).as(text).isNotEmpty();
        }
    }

    private static void refused(Consumer<JsonObject> change) {
        JsonObject told = receipt.copy();
        change.accept(told);
        assertThat(told).as("something was changed").isNotEqualTo(receipt);
        assertThat(check(told).holds()).as(told.encode()).isFalse();
    }

    private static Stream<JsonObject> leaves(JsonObject told) {
        return told.getJsonArray("leaves").stream().map(JsonObject.class::cast);
    }

    private static JsonObject leaf(JsonObject told, int at) {
        return told.getJsonArray("leaves").getJsonObject(at).getJsonObject("leaf");
    }

    private static JsonArray path(JsonObject told, int leaf, int step) {
        return told.getJsonArray("leaves")
                .getJsonObject(leaf)
                .getJsonArray("inclusion")
                .getJsonObject(step)
                .getJsonArray("path");
    }

    /** Another text of the same form. */
    private static String turned(String base64) {
        return (base64.startsWith("A") ? "B" : "A") + base64.substring(1);
    }
}
