package io.sluice.gateway.account;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.gateway.http.GatewayVerticle;
import io.sluice.gateway.http.HttpSettings;
import io.sluice.gateway.http.Origins;
import io.sluice.guard.Bus;
import io.sluice.guard.Guard;
import io.sluice.guard.GuardSettings;
import io.sluice.guard.LawInForce;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Field;
import io.sluice.kernel.Ids;
import io.sluice.ledger.PostgresLedger;
import io.sluice.ledger.Pseudonyms;
import io.sluice.stewardship.account.AccountVerticle;
import io.sluice.stewardship.account.SessionSettings;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.consent.ConsentFence;
import io.sluice.stewardship.consent.ConsentVerticle;
import io.sluice.stewardship.consent.LeasedSnapshots;
import io.sluice.stewardship.consent.OpenAffairs;
import io.sluice.stewardship.consent.SubjectSettings;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.storage.Database;
import io.sluice.storage.GroupCommit;
import io.sluice.testkit.PostgresFixture;
import io.sluice.vault.BlindIndex;
import io.sluice.vault.RegionStore;
import io.sluice.vault.Vault;
import io.sluice.vault.VaultSettings;
import io.sluice.vault.keystore.HashUse;
import io.sluice.vault.keystore.Keystore;
import io.sluice.vault.keystore.KeystoreFile;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The account room behind a real HTTP server, with the law of the repository, a real vault, a real ledger, and stewardship on
 * a real PostgreSQL. Only the clock can be turned, and passwords are hashed with less work.
 */
final class FrontDesk implements AutoCloseable {

    private static final Path LAW = Path.of("../../config/policy/2026-11-draft.yaml");
    /** There is no room of orders here. */
    private static final OpenAffairs NOTHING_OPEN = person -> Future.succeededFuture(false);

    final Vertx vertx = Vertx.vertx();
    final Law law;
    final Database database =
            Database.open(vertx, PostgresFixture.freshDatabase("storage", "ledger", "commerce", "stewardship"));
    final AccountOffice office;
    final AccountSettings settings;
    private final Database keys = Database.open(vertx, PostgresFixture.freshDatabase("vault"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final WebClient client = WebClient.create(vertx);
    private final int port;
    private volatile Duration ahead = Duration.ZERO;

    FrontDesk(Path folder, AccountSettings.Attempts attempts) throws Exception {
        Catalogue catalogue =
                Catalogue.of(Stream.<Field<?>>concat(CommerceFields.ALL.stream(), StewardshipFields.ALL.stream())
                        .toList());
        law = LawFile.parse(String.valueOf(LAW.getFileName()), Files.readString(LAW), catalogue);
        InstantSource clock = () -> Instant.now().plus(ahead);
        Keystore keystore = KeystoreFile.openOrCreate(folder.resolve("keystore"), "test", clock);
        SubjectSettings subjects = SubjectSettings.standard();
        Vault vault = new Vault(
                vertx,
                Map.of("local", new RegionStore(keys, keystore.keks(vertx, clock))),
                clock,
                System::nanoTime,
                meters,
                VaultSettings.keeping(1000));
        GroupCommit.Limits limits = new GroupCommit.Limits(1, 100, 1000);
        Ids ids = Ids.secure(clock);
        PostgresLedger ledger = new PostgresLedger(
                vertx,
                database,
                catalogue,
                Pseudonyms.keyed(keystore.keyedHash(HashUse.LEDGER_PSEUDONYMS)::of),
                "test",
                ids::next,
                clock,
                limits,
                leaves -> new ConsentFence(leaves, subjects.effectWithin(), meters),
                meters);
        LeasedSnapshots snapshots = LeasedSnapshots.over(vertx, database, subjects, clock, System::nanoTime, meters);
        Guard guard = new Guard(
                vertx,
                catalogue,
                LawInForce.always(law::policy),
                snapshots,
                ledger,
                vault,
                clock,
                System::nanoTime,
                meters,
                new GuardSettings(Duration.ofSeconds(10), 1000));
        Bus bus = guard.bus();
        await(vertx.deployVerticle(guard.privacyVerticle()));
        await(vertx.deployVerticle(
                new ConsentVerticle(bus, () -> law, database, snapshots, NOTHING_OPEN, subjects, ids, clock, meters)));
        await(vertx.deployVerticle(new AccountVerticle(
                bus, database, List.of(ledger.riderTable()), SessionSettings.standard(), clock, meters)));
        AccountSettings standard = AccountSettings.standard("https://shop.example");
        settings = new AccountSettings(
                standard.issuer(),
                standard.audience(),
                standard.accessTokenLife(),
                standard.sessionLease(),
                1000,
                new AccountSettings.Hashing(64, 1, 1, 2, 64),
                attempts);
        office = new AccountOffice(
                new AccountOffice.Tools(
                        vertx,
                        bus,
                        snapshots,
                        country -> "local",
                        new Origins(0),
                        NewcomerSealing.by(vault),
                        new BlindIndex(keystore.keyedHash(HashUse.BLIND_INDEX)),
                        law::version,
                        clock,
                        System::nanoTime,
                        meters),
                settings,
                keystore.signingKeys().stream()
                        .map(pair -> new SigningKey(pair.id(), pair.publicKey(), pair.privateKey()))
                        .toList());
        await(office.listen());
        HttpSettings http =
                new HttpSettings("127.0.0.1", 0, Optional.empty(), false, 64 * 1024, 1000, Duration.ofSeconds(30));
        GatewayVerticle gateway = new GatewayVerticle(
                http, List.of(), RoutingContext::next, List.of(office.routes(office.newAuthenticator())), meters);
        await(vertx.deployVerticle(gateway));
        port = gateway.port();
    }

    static AccountSettings.Attempts manyAttempts() {
        return new AccountSettings.Attempts(1000, Duration.ofMinutes(1), 1000, Duration.ofMillis(50));
    }

    void later(Duration time) {
        ahead = ahead.plus(time);
    }

    JsonObject newcomer(String email) {
        return new JsonObject()
                .put("email", email)
                .put("password", "correct horse battery staple")
                .put("name", "Ada Lovelace")
                .put("locale", "en-GB")
                .put("country", "GB")
                .put("consents", new JsonObject().put("customer_assistance", true))
                .put("policy_version", law.version());
    }

    Answer post(String path, JsonObject body) {
        return send(HttpMethod.POST, path, null, body.toBuffer());
    }

    Answer signIn(String email, String password) {
        return post("/v1/sessions", new JsonObject().put("email", email).put("password", password));
    }

    Answer signOut(@Nullable String authorization) {
        return send(HttpMethod.DELETE, "/v1/sessions", authorization, null);
    }

    Answer send(HttpMethod method, String path, @Nullable String authorization, @Nullable Buffer body) {
        HttpRequest<Buffer> request = client.request(method, port, "127.0.0.1", path);
        if (authorization != null) {
            request.putHeader("Authorization", authorization);
        }
        if (body == null) {
            return answer(await(request.send()));
        }
        return answer(
                await(request.putHeader("Content-Type", "application/json").sendBuffer(body)));
    }

    /** What came back, with an empty text and object for no body. */
    record Answer(int statusCode, MultiMap headers, String text) {
        JsonObject json() {
            return text.isEmpty() ? new JsonObject() : new JsonObject(text);
        }

        @Nullable String header(String name) {
            return headers.get(name);
        }
    }

    private static Answer answer(HttpResponse<Buffer> response) {
        String body = response.bodyAsString();
        return new Answer(response.statusCode(), response.headers(), body == null ? "" : body);
    }

    List<String> sql(String query, Object... arguments) {
        List<String> lines = new ArrayList<>();
        for (Row row : await(database.query(query, Tuple.from(arguments)))) {
            lines.add(String.valueOf(row.getValue(0)));
        }
        return lines;
    }

    @CanIgnoreReturnValue
    static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError("not done within 20 s", late);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
