package io.sluice.app.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.app.config.Config;
import io.sluice.commerce.ordering.SealedFields;
import io.sluice.guard.FieldOpener;
import io.sluice.guard.Outcome;
import io.sluice.guard.Parcel;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Field;
import io.sluice.kernel.FieldSet;
import io.sluice.kernel.Lease;
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
import java.time.Duration;
import java.time.Instant;
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

/**
 * A whole node in this process with real databases, keys and partners, and what a test asks of it. Whether something opens is asked of the
 * vault itself, for a permit that grants everything: what stays closed to that stays closed to everybody.
 */
final class House implements AutoCloseable {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final Contract EVERYTHING = new Contract(
            "test.opens",
            Purpose.SHIPMENT,
            new Wants(FieldSet.NONE, Lawbook.CATALOGUE.personal(), FieldSet.NONE),
            Wants.NOTHING,
            Contract.Logging.BEFORE,
            Optional.empty());

    private final Path dataDir;
    private final Map<String, String> more;
    private final HttpClient client = HttpClient.newHttpClient();
    private Node node;

    /** An order with what rested of its buyer and its recipient before anybody was erased. */
    record Gift(UUID id, SubjectId buyer, SubjectId recipient, Map<Field<String>, Sealed> fields) {}

    /** @param more configuration beyond the ordinary */
    House(Path dataDir, Map<String, String> more) {
        this.dataDir = dataDir;
        this.more = Map.copyOf(more);
        this.node = Node.start(config());
    }

    @Override
    public void close() {
        if (!node.hasEnded()) {
            stop();
        }
        client.close();
    }

    /** Starts a node on what is there. */
    void start() {
        node = Node.start(config());
    }

    void stop() {
        assertThat(node.stop().troubles()).isEmpty();
    }

    Config config() {
        Map<String, Config.Flag> flags = new TreeMap<>();
        Map.of("data_dir", dataDir.toString(), "http.port", "0", "management.port", "0")
                .forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        more.forEach((key, value) -> flags.put(key, new Config.Flag(key, value)));
        return Config.read(flags, Map.of(), Optional.empty(), REPOSITORY);
    }

    Node node() {
        return node;
    }

    /** Placed as anybody would, and accepted. */
    Gift gift(String method) throws Exception {
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

    void erased(SubjectId person) {
        erase(person);
        untilShredded(person);
    }

    void erase(SubjectId person) {
        assertThat(await(node.bus().ask(Persons.ERASE, Parcel.about(Persons.of(person)))))
                .isInstanceOf(Outcome.Done.class);
    }

    void untilShredded(SubjectId person) {
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

    void untilClosed(UUID order) {
        assertThat(until(
                        "the order's end",
                        () -> rows("select state from commerce.orders where id = $1", order).stream()
                                .map(row -> row.getString(0))
                                .filter("CLOSED"::equals)
                                .findFirst()))
                .isEqualTo("CLOSED");
    }

    /** What the field of the order says, as it rested before; or why it does not open. */
    String opened(Gift gift, Field<String> field) {
        SubjectId owner = field.owner() == Owner.ADDRESSEE ? gift.recipient() : gift.buyer();
        return opened(owner, gift.id(), field, gift.fields());
    }

    String opened(SubjectId owner, UUID record, Field<String> field, Map<Field<String>, Sealed> fields) {
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
                        new SubjectSnapshot(
                                owner,
                                1,
                                -1,
                                Map.of(),
                                false,
                                0,
                                0,
                                region(owner),
                                Lease.of(Instant.now(), now, Duration.ofSeconds(5))),
                        null,
                        false,
                        record,
                        Instant.MAX,
                        Instant.now(),
                        now));
        FieldOpener.Item item = new FieldOpener.Item(owner, field, record, Objects.requireNonNull(fields.get(field)));
        return await(node.stores()
                .vault()
                .open(permit, List.of(item))
                .map(values -> values.getFirst().reveal())
                .recover(cause -> cause instanceof FieldNotOpened closed
                        ? Future.succeededFuture(closed.reason().name())
                        : Future.failedFuture(cause)));
    }

    Map<Field<String>, Sealed> stored(UUID order) {
        return SealedFields.read(rows("select sealed from commerce.orders where id = $1", order)
                .getFirst()
                .getBuffer(0));
    }

    Map<Field<String>, Sealed> account(SubjectId person) {
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

    Map<Field<String>, Sealed> kept(SubjectId person) {
        Map<Field<String>, Sealed> fields = new TreeMap<>(Comparator.comparing(Field::name));
        for (Row row : rows("select field, sealed from stewardship.kept_field where subject = $1", person.value())) {
            StewardshipFields.SEALED_WITH_ACCOUNT.stream()
                    .filter(field -> field.name().equals(row.getString(0)))
                    .forEach(field ->
                            fields.put(field, Sealed.of(row.getBuffer(1).getBytes())));
        }
        return fields;
    }

    String region(SubjectId person) {
        return rows("select region from stewardship.subject where id = $1", person.value())
                .getFirst()
                .getString(0);
    }

    List<Row> rows(String sql, Object... arguments) {
        RowSet<Row> rows = await(node.stores().data().query(sql, Tuple.from(arguments)));
        return rows.stream().toList();
    }

    String token() throws Exception {
        JsonObject accounts = new JsonObject(Files.readString(node.credentials().orElseThrow()));
        HttpResponse<String> answer = post(shop("/v1/sessions"), accounts.getJsonObject("customer1"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return new JsonObject(answer.body()).getString("access_token");
    }

    HttpResponse<String> post(URI where, JsonObject body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(where)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String token, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(shop(path))
                        .header("Authorization", "Bearer " + token)
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The demo's first customer says no to a purpose. */
    HttpResponse<String> withdraws(String purpose) throws Exception {
        return client.send(
                HttpRequest.newBuilder(shop("/v1/me/consents/" + purpose))
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(
                                new JsonObject().put("granted", false).encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    URI shop(String path) {
        return node.shop().orElseThrow().resolve(path);
    }

    <T> T until(String what, Callable<Optional<T>> look) {
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

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("not done within 30 s", late);
        }
    }
}
