package io.sluice.app.node;

import io.sluice.commerce.api.ProductOffer;
import io.sluice.commerce.ordering.OrderReads;
import io.sluice.commerce.pricing.TaxTable;
import io.sluice.gateway.account.DemoAccounts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a development node starts with: the demo's products on the shelves, and an account for each role. */
final class Seeding {

    private final Foundations on;

    Seeding(Foundations on) {
        this.on = on;
    }

    /** Puts things in place that are not there yet. */
    void sow(OrderReads shelves, DemoAccounts accounts) {
        Path products = on.config().demo().resolve("products.ndjson");
        List<OrderReads.Stocked> offers = on.stages().done("the demo's products", () -> read(products));
        on.stages().did("stocking the shelves", () -> shelves.stock(offers));
        on.stages()
                .did(
                        "the demo's accounts",
                        () -> accounts.ensure(credentials(on.config().dataDir())));
    }

    /** Where the accounts' passwords stand. */
    static Path credentials(Path dataDir) {
        return dataDir.resolve("demo-credentials.json");
    }

    private static List<OrderReads.Stocked> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank())
                .map(JsonObject::new)
                .map(product -> new OrderReads.Stocked(
                        new ProductOffer(
                                product.getString("sku"),
                                product.getString("name"),
                                product.getJsonObject("price").getLong("amount"),
                                product.getJsonObject("price").getString("currency"),
                                product.getLong("stock")),
                        product.getString("tax_class", TaxTable.STANDARD)))
                .toList();
    }
}
