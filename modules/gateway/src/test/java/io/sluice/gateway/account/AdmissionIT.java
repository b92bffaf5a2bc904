package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.gateway.http.Answers;
import io.sluice.gateway.http.GatewayVerticle;
import io.sluice.gateway.http.HttpSettings;
import io.sluice.gateway.http.Rate;
import io.sluice.gateway.http.RequestBudgets;
import io.sluice.gateway.http.Routes;
import io.sluice.kernel.Role;
import io.sluice.kernel.SubjectId;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over real HTTP, by a clock that stands still until it is turned: a person may ask for three at once, an address for two. */
class AdmissionIT {

    private static final int PERSONS_BURST = 3;
    private static final int ADDRESS_BURST = 2;
    private static final String MINE = "/mine";
    private static final String ALL = "/all";

    private final Vertx vertx = Vertx.vertx();
    private final Doorway doorway = Doorway.open(vertx);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final String ada = token();
    private final String bo = token();
    private WebClient client;
    private int port;

    @BeforeEach
    void open() throws Exception {
        // both fill by one token a second
        RequestBudgets budgets =
                new RequestBudgets(new Rate(1, PERSONS_BURST), new Rate(1, ADDRESS_BURST), nanos::get, meters);
        Routes routes = router -> {
            router.post(MINE)
                    .handler(doorway.signedIn()
                            .anybody((http, who) -> Answers.json(
                                    http,
                                    200,
                                    Objects.requireNonNull(http.body().buffer()))));
            router.get(ALL).handler(http -> Answers.json(http, 200, Buffer.buffer("{}")));
        };
        GatewayVerticle gateway = new GatewayVerticle(
                new HttpSettings("127.0.0.1", 0, Optional.empty(), false, 64 * 1024, 100, Duration.ofSeconds(30)),
                List.of(router -> router.post("/v1/webhooks/payments/sandbox")
                        .handler(http -> Answers.empty(http.response(), 200))),
                doorway.admission(budgets),
                List.of(routes),
                meters);
        assertThat(vertx.deployVerticle(gateway).await(20, TimeUnit.SECONDS)).isNotNull();
        port = gateway.port();
        client = WebClient.create(vertx);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void thePersonsBurstPassesAndTheNextIsToldWhenToComeAgain() throws Exception {
        assertThat(statuses(PERSONS_BURST, ada)).containsOnly(200);

        HttpResponse<Buffer> refused = post(ada);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getHeader("Content-Type")).isEqualTo("application/problem+json");
        JsonObject problem = new JsonObject(refused.bodyAsString());
        assertThat(problem.getString("type")).isEqualTo("/problems/request.too-many");
        assertThat(problem.getString("detail")).contains("nothing was done");
    }

    @Test
    void afterTheSaidTimeItPassesAndNotBefore() throws Exception {
        assertThat(statuses(PERSONS_BURST, ada)).containsOnly(200);
        HttpResponse<Buffer> refused = post(ada);

        later(Duration.ofMillis(999));
        assertThat(post(ada).statusCode()).isEqualTo(429);

        later(Duration.ofSeconds(Long.parseLong(refused.getHeader("Retry-After")))
                .minusMillis(999));
        assertThat(post(ada).statusCode()).isEqualTo(200);
        assertThat(post(ada).statusCode()).as("one token, one request").isEqualTo(429);
    }

    @Test
    void anotherPersonAtTheSameAddressIsNotTouched() throws Exception {
        assertThat(statuses(PERSONS_BURST + 1, ada)).endsWith(429);

        assertThat(statuses(PERSONS_BURST, bo)).containsOnly(200);
    }

    @Test
    void aPersonIsCountedWhateverTheyCallAndWhicheverOfTheirTokensTheyUse() throws Exception {
        SubjectId cleo = doorway.person(Role.CUSTOMER);
        String first = doorway.token(cleo, doorway.session());
        String second = doorway.token(cleo, doorway.session());

        assertThat(post(first).statusCode()).isEqualTo(200);
        assertThat(post(second).statusCode()).isEqualTo(200);
        assertThat(get(second).statusCode()).isEqualTo(200);

        assertThat(post(first).statusCode()).isEqualTo(429);
    }

    @Test
    void whoIsNobodyIsCountedByAddressAndTakesNobodyAlong() throws Exception {
        assertThat(get(null).statusCode()).isEqualTo(200);
        assertThat(get(null).statusCode()).isEqualTo(200);
        assertThat(get(null).statusCode()).isEqualTo(429);

        assertThat(post(ada).statusCode()).as("whoever can say who they are").isEqualTo(200);
        later(Duration.ofSeconds(1));
        assertThat(get(null).statusCode()).isEqualTo(200);
    }

    @Test
    void tokensThatAreMadeUpOrOverAreNobodys() throws Exception {
        SubjectId erased = doorway.person(Role.CUSTOMER);
        String over = doorway.token(erased, doorway.session());
        doorway.erase(erased);

        assertThat(post("made.up.token").statusCode()).isEqualTo(401);
        assertThat(post(over).statusCode()).isEqualTo(401);

        assertThat(post("another.made.up").statusCode()).isEqualTo(429);
        assertThat(post(over).statusCode()).isEqualTo(429);
        assertThat(get(null).statusCode()).as("the same address").isEqualTo(429);
    }

    @Test
    void whatIsServedNowhereIsCountedToo() throws Exception {
        assertThat(send(client.get(port, "127.0.0.1", "/nowhere"), null).statusCode())
                .isEqualTo(404);
        assertThat(send(client.get(port, "127.0.0.1", "/nowhere"), null).statusCode())
                .isEqualTo(404);
        assertThat(send(client.get(port, "127.0.0.1", "/nowhere"), null).statusCode())
                .isEqualTo(429);
    }

    @Test
    void aPartnersCallbackPassesWhateverTheStormAtItsAddress() throws Exception {
        assertThat(IntStream.range(0, 10).mapToObj(each -> quietly(null)).map(HttpResponse::statusCode))
                .endsWith(429);

        assertThat(send(client.post(port, "127.0.0.1", "/v1/webhooks/payments/sandbox"), null)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aForwardedAddressIsNotBelievedUnasked() throws Exception {
        for (int i = 0; i < ADDRESS_BURST; i++) {
            assertThat(forwarded("192.0.2." + i).statusCode()).isEqualTo(200);
        }

        assertThat(forwarded("192.0.2.99").statusCode()).isEqualTo(429);
    }

    @Test
    void aBodyThatWaitsForItsOwnersNameArrivesWhole() throws Exception {
        doorway.answerLater();
        String large = "{\"x\":\"" + "y".repeat(60_000) + "\"}";

        HttpResponse<Buffer> answer = client.post(port, "127.0.0.1", MINE)
                .bearerTokenAuthentication(ada)
                .sendBuffer(Buffer.buffer(large))
                .await(20, TimeUnit.SECONDS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.bodyAsString()).isEqualTo(large);
        assertThat(statuses(PERSONS_BURST - 1, ada)).containsOnly(200);
        assertThat(post(ada).statusCode()).isEqualTo(429);
    }

    @Test
    void whereItCannotBeToldWhoAsksTheAddressIsCountedAndTheRouteSaysWhy() throws Exception {
        doorway.loseDatabase();

        assertThat(statuses(ADDRESS_BURST + 1, ada)).containsExactly(503, 503, 429);
    }

    @Test
    void whatIsRefusedIsCountedByWhoseBudgetAndNothingElse() throws Exception {
        assertThat(statuses(PERSONS_BURST + 2, ada)).endsWith(429, 429);
        assertThat(get(null).statusCode()).isEqualTo(200);

        assertThat(limited("principal")).isEqualTo(2);
        assertThat(limited("address")).isZero();
        assertThat(meters.find("sluice.http.limited").counters())
                .as("no label by which anybody could be told")
                .hasSize(2)
                .allSatisfy(counter -> assertThat(counter.getId().getTags()).hasSize(1));
    }

    private double limited(String by) {
        return Objects.requireNonNull(
                        meters.find("sluice.http.limited").tag("by", by).counter())
                .count();
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String token() {
        return doorway.token(doorway.person(Role.CUSTOMER), doorway.session());
    }

    private List<Integer> statuses(int times, String token) throws Exception {
        return IntStream.range(0, times)
                .mapToObj(each -> quietly(token).statusCode())
                .toList();
    }

    private HttpResponse<Buffer> quietly(@Nullable String token) {
        try {
            return token == null ? get(null) : post(token);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<Buffer> post(String token) throws Exception {
        return send(client.post(port, "127.0.0.1", MINE), token);
    }

    private HttpResponse<Buffer> get(@Nullable String token) throws Exception {
        return send(client.get(port, "127.0.0.1", ALL), token);
    }

    private HttpResponse<Buffer> forwarded(String address) throws Exception {
        return send(client.get(port, "127.0.0.1", ALL).putHeader("X-Forwarded-For", address), null);
    }

    private static HttpResponse<Buffer> send(HttpRequest<Buffer> request, @Nullable String token) throws Exception {
        if (token != null) {
            request.bearerTokenAuthentication(token);
        }
        return (request.method().name().equals("POST") ? request.sendBuffer(Buffer.buffer("{}")) : request.send())
                .await(20, TimeUnit.SECONDS);
    }
}
