package io.sluice.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.json.CardNumbers;
import io.sluice.kernel.Clause;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The demo's storefront before a shop that writes down what it was asked. */
class ShopClientIT {

    /** An id of RFC 9562 whose digits make up a card number across its dashes. */
    private static final String ORDER = "abcdefab-4111-1111-8111-1108abcdefab";

    @Test
    @Clause("A5")
    void aRefundHoldsNothingThatLooksLikeACardNumberWhateverTheOrdersId() throws Exception {
        assertThat(CardNumbers.isIn("refund-" + ORDER))
                .as("the id within a longer text looks like one")
                .isTrue();

        assertThat(headersOfRefund().entries())
                .extracting(Map.Entry::getValue)
                .contains(ORDER, "demo-7")
                .noneMatch(CardNumbers::isIn);
    }

    private static MultiMap headersOfRefund() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Promise<MultiMap> heard = Promise.promise();
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(request -> {
                        heard.complete(request.headers());
                        request.response().setStatusCode(201).end("{}");
                    })
                    .listen(0, "127.0.0.1")
                    .await(10, TimeUnit.SECONDS);
            try (ShopClient shop =
                    new ShopClient(vertx, URI.create("http://127.0.0.1:" + server.actualPort()), Optional.empty(), 1)) {
                assertThat(shop.refund("token", ORDER, "demo-7", new JsonObject())
                                .await(10, TimeUnit.SECONDS)
                                .statusCode())
                        .isEqualTo(201);
            }
            return heard.future().await(10, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
