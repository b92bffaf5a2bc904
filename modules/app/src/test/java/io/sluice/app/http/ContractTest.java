package io.sluice.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract is strict, and whoever checks traffic against it sees what is wrong. */
class ContractTest {

    private static final String MONEY = "{\"amount\":1,\"currency\":\"EUR\"}";
    private static final String PRODUCTS =
            "{\"items\":[{\"sku\":\"a\",\"name\":\"b\",\"price\":" + MONEY + ",\"available\":3}],\"next\":null}";
    private static final String ORDER = "{\"id\":\"019ab1f2-0000-7000-8000-000000000001\",\"state\":\"PLACED\","
            + "\"version\":1,\"total\":" + MONEY
            + ",\"lines\":[],\"shipping\":" + MONEY + ",\"tax\":" + MONEY
            + ",\"tax_included\":true,\"cancelled\":[],\"parcels\":[],\"returns\":[],\"captured\":" + MONEY
            + ",\"refunded\":" + MONEY + ",\"refunded_tax\":" + MONEY + ",\"payment_status\":\"pending\","
            + "\"fulfilment_status\":\"none\",\"created_at\":\"2026-11-23T10:00:00Z\"}";
    private static final String PROBLEM =
            "{\"type\":\"/problems/request.unknown-field\",\"title\":\"t\",\"status\":422,"
                    + "\"detail\":\"d\",\"trace_id\":\"0\"}";

    private static Contract contract;
    private static JsonObject document;

    @BeforeAll
    static void read() throws Exception {
        try (InputStream in = ContractTest.class.getResourceAsStream("/openapi.yaml")) {
            document = new JsonObject(
                    new ObjectMapper(new YAMLFactory()).readTree(in).toString());
        }
        contract = new Contract(document);
    }

    @Test
    void everyObjectInItIsClosed() {
        Set<String> open = new TreeSet<>();
        JsonObject schemas = document.getJsonObject("components").getJsonObject("schemas");
        schemas.fieldNames().forEach(name -> findOpen(name, schemas.getJsonObject(name), open));

        assertThat(open)
                .as("partners' surplus is dropped, everybody else's refused")
                .containsExactly("Callback");
    }

    @Test
    void whatIsAsDescribedHasNoFaults() {
        assertThat(contract.faults(products(200, PRODUCTS))).isEmpty();
        assertThat(contract.faults(placed(201, order("EUR"), ORDER))).isEmpty();
    }

    @Test
    void aSurplusMemberOfAnAnswerIsAFault() {
        assertThat(contract.faults(products(200, PRODUCTS.replace("\"next\"", "\"more\":1,\"next\""))))
                .isNotEmpty();
        assertThat(contract.faults(products(200, PRODUCTS.replace("\"sku\"", "\"cost\":1,\"sku\""))))
                .isNotEmpty();
        assertThat(contract.faults(placed(422, order("euro"), PROBLEM.replace("\"title\"", "\"why\":\"\",\"title\""))))
                .isNotEmpty();
    }

    @Test
    void aMissingMemberOrOneOfAnotherTypeIsAFault() {
        assertThat(contract.faults(products(200, "{\"items\":[]}"))).isNotEmpty();
        assertThat(contract.faults(products(200, PRODUCTS.replace("3", "\"3\""))))
                .isNotEmpty();
        assertThat(contract.faults(products(200, PRODUCTS.replace("EUR", "euro"))))
                .isNotEmpty();
        assertThat(contract.faults(placed(201, order("EUR"), ORDER.replace("PLACED", "LOST"))))
                .isNotEmpty();
    }

    @Test
    void aMemberThatIsNotOfItsFormatIsAFault() {
        assertThat(contract.faults(placed(201, order("EUR"), ORDER.replace("019ab1f2-", ""))))
                .isNotEmpty();
        assertThat(contract.faults(placed(201, order("EUR"), ORDER.replace("T10:00:00Z", ""))))
                .isNotEmpty();
    }

    @Test
    void aStatusThatIsNotForeseenIsAFault() {
        assertThat(contract.faults(products(201, PRODUCTS))).containsExactly("status 201 is not foreseen");
        assertThat(contract.faults(products(302, ""))).containsExactly("status 302 is not foreseen");
    }

    @Test
    void anOperationThatIsNotThereIsAFault() {
        assertThat(contract.faults(exchange("GET", "/v1/secrets", Map.of(), "", 200, "application/json", "{}")))
                .containsExactly("no such operation");
        assertThat(contract.faults(exchange("POST", "/v1/products", Map.of(), "", 200, "application/json", PRODUCTS)))
                .containsExactly("no such operation");
    }

    @Test
    void anotherMediaTypeOfAnAnswerIsAFault() {
        assertThat(contract.faults(exchange("GET", "/v1/products", Map.of(), "", 200, "text/html", PRODUCTS)))
                .isNotEmpty();
        assertThat(contract.faults(exchange("GET", "/v1/products", Map.of(), "", 404, "application/json", PROBLEM)))
                .isNotEmpty();
    }

    @Test
    void aMissingHeaderOfAnAnswerIsAFault() {
        Exchange exchange = placed(201, order("EUR"), ORDER);
        Exchange without = new Exchange(
                exchange.method(),
                exchange.target(),
                exchange.asked(),
                exchange.sent(),
                201,
                headers(Map.of("Content-Type", "application/json", "ETag", "\"1\"")),
                ORDER);

        assertThat(contract.faults(without)).containsExactly("the answer's header Location is missing");
    }

    @Test
    void aRequestThatWasTakenAgainstTheContractIsAFault() {
        assertThat(contract.faults(placed(201, order("euro"), ORDER))).isNotEmpty();
        assertThat(contract.faults(placed(201, order("EUR").replaceFirst("\\{", "{\"more\":1,"), ORDER)))
                .isNotEmpty();
        assertThat(contract.faults(
                        exchange("GET", "/v1/products?colour=red", Map.of(), "", 200, "application/json", PRODUCTS)))
                .containsExactly("taken with the query parameter colour");
        assertThat(contract.faults(
                        exchange("GET", "/v1/products?limit=101", Map.of(), "", 200, "application/json", PRODUCTS)))
                .isNotEmpty();
    }

    @Test
    void aRequestThatWasTakenWithoutARequiredHeaderIsAFault() {
        assertThat(contract.faults(exchange(
                        "POST",
                        "/v1/orders",
                        Map.of("Content-Type", "application/json"),
                        order("EUR"),
                        201,
                        "application/json",
                        ORDER)))
                .containsExactly("taken without Idempotency-Key");
    }

    @Test
    void aRequestThatWasRefusedAlthoughTheContractAllowsItIsAFault() {
        assertThat(contract.faults(placed(422, order("EUR"), PROBLEM)))
                .containsExactly("refused, although the contract allows it");
        assertThat(contract.faults(placed(422, order("euro"), PROBLEM))).isEmpty();
    }

    private static void findOpen(String where, JsonObject schema, Set<String> open) {
        if ("object".equals(schema.getValue("type")) && !schema.containsKey("additionalProperties")) {
            open.add(where);
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        properties.fieldNames().forEach(name -> findOpen(where + "/" + name, properties.getJsonObject(name), open));
        if (schema.containsKey("items")) {
            findOpen(where + "/*", schema.getJsonObject("items"), open);
        }
    }

    private static String order(String currency) {
        return Shop.order("SL-0001").put("currency", currency).encode();
    }

    private static Exchange products(int status, String body) {
        return exchange("GET", "/v1/products", Map.of(), "", status, "application/json", body);
    }

    private static Exchange placed(int status, String order, String body) {
        return exchange(
                "POST",
                "/v1/orders",
                Map.of("Content-Type", "application/json", "Idempotency-Key", "k"),
                order,
                status,
                status < 400 ? "application/json" : "application/problem+json",
                body);
    }

    private static Exchange exchange(
            String method,
            String target,
            Map<String, String> asked,
            String sent,
            int status,
            String type,
            String body) {
        HttpHeaders answered = headers(Map.of("Content-Type", type, "Location", "/v1/orders/1", "ETag", "\"1\""));
        return new Exchange(method, target, headers(asked), sent, status, answered, body);
    }

    private static HttpHeaders headers(Map<String, String> values) {
        Map<String, List<String>> lists = new TreeMap<>();
        values.forEach((name, value) -> lists.put(name, List.of(value)));
        return HttpHeaders.of(lists, (name, value) -> true);
    }
}
