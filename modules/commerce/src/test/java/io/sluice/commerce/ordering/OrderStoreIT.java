package io.sluice.commerce.ordering;

import static io.sluice.commerce.ShopFloor.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.commerce.ShopFloor;
import io.sluice.commerce.payment.OperationStatus;
import io.sluice.commerce.shipping.ShipmentStatus;
import io.sluice.guard.Outcome;
import io.sluice.kernel.SubjectId;
import io.sluice.storage.GroupCommit;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders change under their row's lock, many in one transaction, on a real PostgreSQL. */
final class OrderStoreIT {

    private ShopFloor floor;

    @BeforeEach
    void open() throws Exception {
        floor = ShopFloor.open();
    }

    @AfterEach
    void close() throws Exception {
        floor.close();
    }

    @Test
    void twoChangesOfOneOrderInOneGroupAreDecidedOneAfterTheOther() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();

        UUID busy = floor.placed();
        // while one lane is busy with another order, these wait for it and go together
        OrderStore oneLane = floor.orders(new GroupCommit.Limits(1, 100, 100));
        Future<Outcome<Order>> other = oneLane.change(OrderChange.byStaff(busy, new OrderCommand.Cancel()));
        List<Future<Outcome<Order>>> both = Stream.of(
                        ShopFloor.said(operation, OperationStatus.SUCCEEDED),
                        new OrderCommand.Cancel(),
                        ShopFloor.said(operation, OperationStatus.SUCCEEDED))
                .map(command -> oneLane.change(OrderChange.byStaff(order, command)))
                .toList();
        await(Future.all(both));
        await(other);
        await(oneLane.close());

        assertThat(both.get(0).result()).isInstanceOf(Outcome.Done.class);
        assertThat(both.get(1).result())
                .as("its parcel has been asked for by then")
                .isEqualTo(Outcome.refused(OrderRefusal.NOT_CANCELLABLE));
        assertThat(floor.order(order).state()).isEqualTo(OrderState.CONFIRMED);
        assertThat(floor.number("select count(*) from commerce.order_event where order_id = $1", order))
                .as("numbered without a gap, and the repeated word made none")
                .isEqualTo(floor.order(order).version())
                .isEqualTo(floor.number("select max(sequence) from commerce.order_event where order_id = $1", order));
    }

    @Test
    void anothersOrderIsNotFoundAndStaysAsItIs() throws Exception {
        UUID order = floor.placed();
        Order before = floor.order(order);
        SubjectId stranger = new SubjectId(new UUID(0, 99));

        assertThat(await(floor.orders.change(OrderChange.byBuyer(stranger, order, new OrderCommand.Cancel()))))
                .isEqualTo(Outcome.refused(OrderRefusal.NOT_FOUND));
        assertThat(floor.order(order)).isEqualTo(before);
        assertThat(await(floor.orders.change(OrderChange.byBuyer(ShopFloor.BUYER, order, new OrderCommand.Cancel()))))
                .isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anOrderThatNobodyPlacedIsNotFound() throws Exception {
        assertThat(floor.change(new UUID(1, 1), new OrderCommand.Cancel()))
                .isEqualTo(Outcome.refused(OrderRefusal.NOT_FOUND));
    }

    @Test
    void aChangeThatBreaksFailsAloneAndTheOthersOfItsGroupAreDone() throws Exception {
        UUID broken = floor.placed();
        UUID whole = floor.placed();
        floor.run("update commerce.orders set document = '{\"v\": 1}' where id = $1", broken);

        Future<Outcome<Order>> bad = change(broken, new OrderCommand.Cancel());
        Future<Outcome<Order>> good = change(whole, new OrderCommand.Cancel());

        assertThat(await(good)).isInstanceOf(Outcome.Done.class);
        assertThatThrownBy(() -> await(bad)).isNotNull();
        assertThat(floor.order(whole).state()).isEqualTo(OrderState.CANCELLING);
    }

    @Test
    void stockIsHeldUntilTheOrderIsCancelled() throws Exception {
        UUID order = floor.placed();
        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .isEqualTo(1);
        UUID operation = floor.authorisation(order).id();
        done(floor.change(order, new OrderCommand.Cancel()));
        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .as("the provider may still be at work")
                .isEqualTo(1);

        done(floor.change(order, ShopFloor.said(operation, OperationStatus.DECLINED)));
        assertThat(floor.order(order).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .isZero();
        assertThat(floor.number("select on_hand from commerce.stock where sku = 'tea'"))
                .as("nothing has left the house")
                .isEqualTo(100_000);
    }

    @Test
    void stockIsGoneOnceTheCarrierHasIt() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();
        done(floor.change(order, ShopFloor.said(operation, OperationStatus.SUCCEEDED)));
        UUID parcel = floor.order(order).shipments().getFirst().id();
        done(floor.change(
                order, new OrderCommand.RecordShipment(parcel, ShipmentStatus.ACCEPTED, "parcel", "T1", null)));

        assertThat(floor.number("select reserved from commerce.stock where sku = 'tea'"))
                .isZero();
        assertThat(floor.number("select on_hand from commerce.stock where sku = 'tea'"))
                .isEqualTo(99_999);
    }

    @Test
    void whatHasChangedIsAnnouncedOnceAndWhatHasNotIsNot() throws Exception {
        UUID order = floor.placed();
        UUID operation = floor.authorisation(order).id();
        done(floor.change(order, ShopFloor.said(operation, OperationStatus.PENDING)));
        assertThat(floor.changed).containsExactly(new OrderStore.Changed(order, true));

        done(floor.change(order, ShopFloor.said(operation, OperationStatus.PENDING)));
        assertThat(floor.changed).as("said before").hasSize(1);
    }

    @Test
    void anOrderOfTheFirstVersionIsReadAsItWasAfterTheMigration() throws Exception {
        UUID id = floor.placed();
        done(floor.change(id, ShopFloor.said(floor.authorisation(id).id(), OperationStatus.SUCCEEDED)));
        UUID parcel = floor.order(id).shipments().getFirst().id();
        done(floor.change(id, new OrderCommand.RecordShipment(parcel, ShipmentStatus.ACCEPTED, "parcel", "T1", null)));
        UUID capture = floor.order(id).operations().getLast().id();
        done(floor.change(id, ShopFloor.said(capture, OperationStatus.SUCCEEDED)));
        done(floor.change(id, new OrderCommand.RefundMoney(null, null, "late", "key", "body")));
        UUID cancelled = floor.placed();
        done(floor.change(cancelled, new OrderCommand.Cancel()));
        done(floor.change(
                cancelled, ShopFloor.said(floor.authorisation(cancelled).id(), OperationStatus.DECLINED)));
        List<JsonObject> before = List.of(authorisedForAWeek(id), authorisedForAWeek(cancelled));
        writtenAsTheFirstVersionDid(id, "COMMITTED");
        writtenAsTheFirstVersionDid(cancelled, "RELEASED");
        assertThatThrownBy(() -> floor.order(id)).hasMessageContaining("version 1");

        migrate();
        assertThat(List.of(document(id), document(cancelled))).isEqualTo(before);
        assertThat(floor.number("select count(*) from commerce.step where order_id = $1 and kind = 'LAPSE'", id))
                .as("it waits, and is watched")
                .isEqualTo(1);
        migrate();
        assertThat(document(id)).as("once is enough").isEqualTo(before.getFirst());
    }

    @Test
    void anOrderOfTheVersionBeforeIsReadAsItIs() throws Exception {
        UUID id = floor.placed();
        JsonObject now = document(id);
        JsonObject before = now.copy().put("v", 4);
        each(before, "lines", line -> {
            line.remove("tax");
            line.remove("tax_rate");
        });
        floor.run("update commerce.orders set document = $2 where id = $1", id, before);
        OrderLine line = floor.order(id).lines().getFirst();
        assertThat(line.total().minor()).isEqualTo(250);
        assertThat(line.tax().minor()).as("none was known").isZero();
        floor.run("update commerce.orders set document = $2 where id = $1", id, now.put("v", 6));
        assertThatThrownBy(() -> floor.order(id)).hasMessageContaining("version 6");
    }

    private JsonObject document(UUID id) throws Exception {
        return OrderDocument.write(floor.order(id));
    }

    /** An order's document, with the end of its authorisation as far from the order's time as the migration takes it for. */
    private JsonObject authorisedForAWeek(UUID id) throws Exception {
        JsonObject document = document(id);
        each(document, "operations", operation -> {
            if (operation.containsKey("until")) {
                operation.put(
                        "until",
                        document.getLong("placed_at") + Duration.ofDays(7).toMillis());
            }
        });
        return document;
    }

    private void writtenAsTheFirstVersionDid(UUID id, String reservation) throws Exception {
        JsonObject document = document(id);
        document.put("v", 1).put("reservation", reservation);
        document.remove("committed");
        document.remove("released");
        each(document, "operations", operation -> {
            operation.remove("final");
            operation.remove("until");
        });
        each(document, "shipments", parcel -> parcel.remove("pieces"));
        each(document, "refunds", refund -> {
            JsonArray operations = (JsonArray) refund.remove("operations");
            refund.put("operation", operations.getString(0));
        });
        floor.run("update commerce.orders set document = $2 where id = $1", id, document);
    }

    private static void each(JsonObject document, String name, Consumer<JsonObject> change) {
        document.getJsonArray(name, new JsonArray()).forEach(one -> change.accept((JsonObject) one));
    }

    private void migrate() throws Exception {
        for (String version : List.of("V5__pieces", "V6__authorised_until", "V9__cleared")) {
            try (InputStream script =
                    Objects.requireNonNull(getClass().getResourceAsStream("/db/commerce/" + version + ".sql"))) {
                for (String statement : new String(script.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                    if (!statement.isBlank()) {
                        floor.run(statement);
                    }
                }
            }
        }
    }

    private Future<Outcome<Order>> change(UUID order, OrderCommand command) {
        return floor.orders.change(OrderChange.byStaff(order, command));
    }

    private static void done(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
    }
}
