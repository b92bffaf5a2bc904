package io.sluice.app.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code config/demo/orders.ndjson}: a request, what the customer or staff do next, and what must come of it. The
 * format is described in {@code config/demo/README.md}.
 *
 * @param body the request body, to be sent as it is
 * @param expectedEnd how the order must read when all has come to rest; null if the request must be refused or repeats another
 */
record DemoLine(
        int number,
        int customer,
        String body,
        @Nullable String idempotencyKey,
        @Nullable Integer after,
        boolean completesChallenge,
        @Nullable String then,
        @Nullable JsonObject refund,
        int expectedStatus,
        @Nullable String expectedProblem,
        @Nullable String expectedPointer,
        @Nullable Integer sameAs,
        @Nullable End expectedEnd) {

    /** How an order reads. */
    record End(String state, String paymentStatus, String fulfilmentStatus) {

        static End of(JsonObject order) {
            return new End(
                    order.getString("state", ""),
                    order.getString("payment_status", ""),
                    order.getString("fulfilment_status", ""));
        }

        @Override
        public String toString() {
            return state + ", " + paymentStatus + ", " + fulfilmentStatus;
        }
    }

    static List<DemoLine> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(line -> of(new JsonObject(line)))
                .toList();
    }

    private static DemoLine of(JsonObject line) {
        JsonObject expect = line.getJsonObject("expect");
        JsonObject end = expect.getJsonObject("end");
        return new DemoLine(
                line.getInteger("n"),
                line.getInteger("customer"),
                line.getJsonObject("order").encode(),
                line.getString("idempotency_key"),
                line.getInteger("after"),
                "complete".equals(line.getString("action")),
                line.getString("then"),
                line.getJsonObject("refund"),
                expect.getInteger("http"),
                expect.getString("problem"),
                expect.getString("pointer"),
                expect.getInteger("same_as"),
                end == null ? null : End.of(end));
    }
}
