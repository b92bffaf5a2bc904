package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.Config;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.commerce.api.Orders;
import io.sluice.commerce.ordering.SealedFields;
import io.sluice.guard.FieldOpener;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.guard.Parties;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Owner;
import io.sluice.kernel.Permit;
import io.sluice.kernel.Policy;
import io.sluice.kernel.PrivacyKernel;
import io.sluice.kernel.Purpose;
import io.sluice.kernel.Question;
import io.sluice.kernel.Sealed;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.SubjectSnapshot;
import io.sluice.kernel.Wants;
import io.sluice.stewardship.api.Persons;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.vault.FieldNotOpened;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Persons who are erased from a whole node: real databases, real keys, real partners. Whether something opens is asked of the vault
 * itself, for a permit that grants everything: what stays closed to that stays closed to everybody.
 */
@Clause("D4")
class ErasedPersonsIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Contract EVERYTHING = new Contract(
            "test.opens",
            Purpose.SHIPMENT,
            new Wants(FieldSet.NONE, Lawbook.CATALOGUE.personal(), FieldSet.NONE),
            Wants.NOTHING,
            Contract.Logging.BEFORE,
            Optional.empty());

    @TempDir
    Path dataDir;

    private final HttpClient client = HttpClient.newHttpClient();
    private Node node;

    /** An order with what rested of its buyer and its recipient before anybody was erased. */
    private record Gift(UUID id, SubjectId buyer, SubjectId recipient, Map<Field<String>, Sealed> fields) {}

    @BeforeEach
    void open() {
        node = start();
    }

    @AfterEach
    void close() {
        assertThat(node.stop().troubles()).isEmpty();
        client.close();
    }

    @Test
    void whatIsTheRecipientsOpensNowhereAndTheBuyersDoesAndTheOrderIsServed() throws Exception {
        Gift gift = gift("pm_card_visa");
        untilClosed(gift.id());
        assertThat(opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("Nora Lind");

        erased(gift.recipient());

        assertThat(opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
        assertThat(opened(gift, CommerceFields.RECIPIENT_EMAIL)).isEqualTo("KEY_NOT_USABLE");
        assertThat(stored(gift.id()).keySet())
                .as("nothing of theirs rests with the order, for no law keeps any of it")
                .containsExactlyInAnyOrder(CommerceFields.PAYMENT_METHOD, CommerceFields.CONTACT_EMAIL);
        assertThat(opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("pm_card_visa");
        assertThat(opened(gift, CommerceFields.CONTACT_EMAIL)).isEqualTo("ada@example.net");
        assertThat(get(token(), "/v1/orders/" + gift.id()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsTheBuyersOpensWhereTheLawKeepsItOnlyAndTheRecipientsStaysOpen() throws Exception {
        Gift gift = gift("pm_card_visa");
        untilClosed(gift.id());
        Map<Field<String>, Sealed> account = account(gift.buyer());
        LocalDate today = Instant.now().atOffset(ZoneOffset.UTC).toLocalDate();

        erased(gift.buyer());

        assertThat(opened(gift, CommerceFields.PAYMENT_METHOD))
                .as("by their own key")
                .isEqualTo("KEY_NOT_USABLE");
        Map<Field<String>, Sealed> left = stored(gift.id());
        assertThat(opened(gift.buyer(), gift.id(), CommerceFields.PAYMENT_METHOD, left))
                .as("by the key for open payments")
                .isEqualTo("pm_card_visa");
        assertThat(opened(gift.recipient(), gift.id(), CommerceFields.DELIVERY_NAME, left))
                .isEqualTo("Nora Lind");
        UUID ofAccount = gift.buyer().value();
        account.keySet()
                .forEach(field -> assertThat(opened(gift.buyer(), ofAccount, field, account))
                        .as("%s as it rested with the account", field)
                        .isEqualTo("KEY_NOT_USABLE"));
        Map<Field<String>, Sealed> kept = kept(gift.buyer());
        assertThat(kept.keySet()).containsExactlyInAnyOrder(StewardshipFields.NAME, StewardshipFields.COUNTRY);
        assertThat(opened(gift.buyer(), ofAccount, StewardshipFields.NAME, kept))
                .isNotEqualTo("KEY_NOT_USABLE");
        assertThat(rows("select distinct reason, until from stewardship.kept_field"))
                .allSatisfy(row -> {
                    assertThat(row.getString(0)).isEqualTo("tax_records");
                    assertThat(row.getLocalDate(1)).isAfterOrEqualTo(today.plusYears(10));
                })
                .hasSize(1);
        Outcome<?> found = node.bus()
                .ask(
                        Orders.FIND,
                        Parcel.about(Parties.of(gift.buyer(), gift.id())).with(CommerceFields.ORDER_ID, gift.id()))
                .await(20, TimeUnit.SECONDS);
        assertThat(found).as("the books hold the order still").isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anOrderUnderWayIsPaidAndBroughtAndThenTheKeyDies() throws Exception {
        Gift gift = gift("pm_card_3ds");
        String page = until(
                "the bank's page",
                () -> Optional.ofNullable(new JsonObject(
                                        get(token(), "/v1/orders/" + gift.id()).body())
                                .getJsonObject("next_action"))
                        .map(next -> next.getString("url")));
        erase(gift.buyer());
        erase(gift.recipient());
        assertThat(post(URI.create(page), new JsonObject().put("outcome", "success"))
                        .statusCode())
                .isEqualTo(200);

        untilShredded(gift.buyer());
        untilShredded(gift.recipient());

        assertThat(rows("select state from commerce.orders where id = $1", gift.id())
                        .getFirst()
                        .getString(0))
                .isEqualTo("CLOSED");
        assertThat(opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("KEY_NOT_USABLE");
        assertThat(opened(gift, CommerceFields.DELIVERY_NAME)).isEqualTo("KEY_NOT_USABLE");
        assertThat(stored(gift.id()).keySet())
                .containsExactlyInAnyOrder(CommerceFields.PAYMENT_METHOD, CommerceFields.CONTACT_EMAIL);
    }

    @Test
    void whatANodeLeavesUndoneTheNextStartDoes() throws Exception {
        Gift gift = gift("pm_card_visa");
        untilClosed(gift.id());
        erase(gift.buyer());
        assertThat(node.stop().troubles()).isEmpty();

        node = start();

        untilShredded(gift.buyer());
        assertThat(opened(gift, CommerceFields.PAYMENT_METHOD)).isEqualTo("KEY_NOT_USABLE");
        assertThat(opened(gift.buyer(), gift.id(), CommerceFields.PAYMENT_METHOD, stored(gift.id())))
                .isEqualTo("pm_card_visa");
        erased(gift.buyer());
    }

    private Node start() {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Node.start(Config.read(flags, Map.of(), Optional.empty(), REPOSITORY));
    }

    /** Placed as anybody would, and accepted. */
    private Gift gift(String method) throws Exception {
        JsonObject order = new JsonObject()
                .put("currency", "EUR")
                .put(
                        "lines",
                        new JsonArray()
                                .add(new JsonObject().put("sku", "SL-0001").put("quantity", 1)))
                .put(
                        "delivery",
                        new JsonObject()
                                .put("name", "Nora Lind")
                                .put("line1", "Skogsgatan 4")
                                .put("city", "Uppsala")
                                .put("postcode", "753 10")
                                .put("country", "SE"))
                .put("recipient", new JsonObject().put("name", "Nora Lind").put("email", "nora@example.net"))
                .put("contact", new JsonObject().put("email", "ada@example.net"))
                .put("payment", new JsonObject().put("method", method));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(shop("/v1/orders"))
                        .header("Authorization", "Bearer " + token())
                        .header("Idempotency-Key", "a-gift-for-nora")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(order.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        UUID id = UUID.fromString(new JsonObject(answer.body()).getString("id"));
        Row row = rows("select buyer, addressee from commerce.orders where id = $1", id)
                .getFirst();
        return new Gift(id, new SubjectId(row.getUUID(0)), new SubjectId(row.getUUID(1)), stored(id));
    }

    private void erased(SubjectId person) {
        erase(person);
        untilShredded(person);
    }

    private void erase(SubjectId person) {
        assertThat(await(node.bus().ask(Persons.ERASE, Parcel.about(Persons.of(person)))))
                .isInstanceOf(Outcome.Done.class);
    }

    private void untilShredded(SubjectId person) {
        assertThat(until(
                        "the shredding",
                        () ->
                                rows("select shredded_at from stewardship.erasure where subject = $1", person.value())
                                        .stream()
                                        .map(row -> row.getOffsetDateTime(0))
                                        .filter(Objects::nonNull)
                                        .findFirst()))
                .isNotNull();
    }

    private void untilClosed(UUID order) {
        assertThat(until(
                        "the order's end",
                        () -> rows("select state from commerce.orders where id = $1", order).stream()
                                .map(row -> row.getString(0))
                                .filter("CLOSED"::equals)
                                .findFirst()))
                .isEqualTo("CLOSED");
    }

    /** What the field of the order says, as it rested before; or why it does not open. */
    private String opened(Gift gift, Field<String> field) {
        SubjectId owner = field.owner() == Owner.ADDRESSEE ? gift.recipient() : gift.buyer();
        return opened(owner, gift.id(), field, gift.fields());
    }

    private String opened(SubjectId owner, UUID record, Field<String> field, Map<Field<String>, Sealed> fields) {
        long now = System.nanoTime();
        Policy law = new Policy(
                "test",
                Instant.EPOCH,
                Instant.EPOCH,
                Lawbook.CATALOGUE,
                Map.of(EVERYTHING.address(), EVERYTHING),
                Map.of());
        Permit permit = (Permit) PrivacyKernel.decide(
                law,
                new Question(
                        EVERYTHING.address(),
                        false,
                        Purpose.SHIPMENT,
                        new Wants(FieldSet.NONE, FieldSet.of(field), FieldSet.NONE),
                        FieldSet.of(field),
                        new SubjectSnapshot(owner, 1, -1, false, 0, 0, "local", Lease.of(Instant.now(), now, Duration.ofSeconds(5))),
                        null,
                        false,
                        record,
                        Instant.MAX,
                        Instant.now(),
                        now));
        FieldOpener.Item item = new FieldOpener.Item(owner, field, record, fields.get(field));
        return await(node.stores()
                .vault()
                .open(permit, List.of(item))
                .map(values -> values.getFirst().reveal())
                .recover(cause -> cause instanceof FieldNotOpened closed
                        ? Future.succeededFuture(closed.reason().name())
                        : Future.failedFuture(cause)));
    }

    private Map<Field<String>, Sealed> stored(UUID order) {
        return SealedFields.read(rows("select sealed from commerce.orders where id = $1", order)
                .getFirst()
                .getBuffer(0));
    }

    private Map<Field<String>, Sealed> account(SubjectId person) {
        Row row = rows(
                        "select email, name, credential, locale, country from stewardship.account where subject = $1",
                        person.value())
                .getFirst();
        Map<Field<String>, Sealed> fields = new TreeMap<>(Comparator.comparing(Field::name));
        for (int i = 0; i < StewardshipFields.SEALED_WITH_ACCOUNT.size(); i++) {
            fields.put(
                    StewardshipFields.SEALED_WITH_ACCOUNT.get(i),
                    Sealed.of(row.getBuffer(i).getBytes()));
        }
        return fields;
    }

    private Map<Field<String>, Sealed> kept(SubjectId person) {
        Map<Field<String>, Sealed> fields = new TreeMap<>(Comparator.comparing(Field::name));
        for (Row row : rows("select field, sealed from stewardship.kept_field where subject = $1", person.value())) {
            StewardshipFields.SEALED_WITH_ACCOUNT.stream()
                    .filter(field -> field.name().equals(row.getString(0)))
                    .forEach(field ->
                            fields.put(field, Sealed.of(row.getBuffer(1).getBytes())));
        }
        return fields;
    }

    private List<Row> rows(String sql, Object... arguments) {
        RowSet<Row> rows = await(node.stores().data().query(sql, Tuple.from(arguments)));
        return rows.stream().toList();
    }

    private String token() throws Exception {
        JsonObject accounts = new JsonObject(Files.readString(node.credentials().orElseThrow()));
        HttpResponse<String> answer = post(shop("/v1/sessions"), accounts.getJsonObject("customer1"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("access_token");
    }

    private HttpResponse<String> post(URI where, JsonObject body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(where)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(shop(path))
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private URI shop(String path) {
        return node.shop().orElseThrow().resolve(path);
    }

    private <T> T until(String what, Callable<Optional<T>> look) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        try {
            while (System.nanoTime() < giveUp) {
                Optional<T> found = look.call();
                if (found.isPresent()) {
                    return found.get();
                }
                // lets the node work
                await(node.stores().data().query("select pg_sleep(0.1)", Tuple.tuple()));
            }
        } catch (Exception failed) {
            throw new AssertionError("waiting for " + what, failed);
        }
        throw new AssertionError(what + " did not come within ninety seconds");
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done within 30 s", late);
        }
    }
}
