package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.sluice.kernel.Clause;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts and sessions as a client meets them. */
class AccountsIT {

    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path folder;

    private static FrontDesk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = new FrontDesk(folder, FrontDesk.manyAttempts());
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void whoeverRegistersCanSignIn() {
        assertThat(register("whoever@example.org").statusCode()).isEqualTo(201);

        FrontDesk.Answer signedIn = desk.signIn("Whoever@Example.org", PASSWORD);

        assertThat(signedIn.statusCode()).isEqualTo(201);
        assertThat(signedIn.json().fieldNames()).containsExactly("access_token", "refresh_token", "expires_in");
        assertThat(signedIn.json().getLong("expires_in")).isEqualTo(600);
    }

    @Test
    @Clause("B1")
    void nothingOfAnAccountIsStoredInPlain() {
        register("canary-7d1f@example.org");

        List<String> rows = desk.sql("select t::text from stewardship.account t");

        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .doesNotContain("canary")
                        .doesNotContain(hex("canary"))
                        .doesNotContain(hex("Ada"))
                        .doesNotContain(hex("argon2")));
    }

    @Test
    void registrationDoesNotRevealWhichAddressesExist() {
        FrontDesk.Answer first = register("twice@example.org");
        FrontDesk.Answer second =
                desk.post("/v1/accounts", desk.newcomer("Twice@example.org").put("password", "another password"));

        assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(201);
        assertThat(second.json().fieldNames()).isEqualTo(first.json().fieldNames());
        assertThat(desk.signIn("twice@example.org", PASSWORD).statusCode())
                .as("the account keeps its owner's password")
                .isEqualTo(201);
        assertThat(desk.signIn("twice@example.org", "another password").statusCode())
                .isEqualTo(401);
    }

    @Test
    void anUnknownAddressAndAWrongPasswordAreAnsweredAlike() {
        register("alike@example.org");

        FrontDesk.Answer wrong = desk.signIn("alike@example.org", "not the password");
        FrontDesk.Answer unknown = desk.signIn("nobody@example.org", PASSWORD);
        FrontDesk.Answer noAddress = desk.signIn("no address at all", PASSWORD);

        assertThat(wrong.statusCode()).isEqualTo(401);
        for (FrontDesk.Answer other : List.of(unknown, noAddress)) {
            assertThat(other.statusCode()).isEqualTo(401);
            assertThat(withoutTrace(other)).isEqualTo(withoutTrace(wrong));
        }
    }

    @Test
    void aSessionIsOverAtOnceWhenItIsClosed() {
        register("closing@example.org");
        JsonObject tokens = desk.signIn("closing@example.org", PASSWORD).json();

        assertThat(desk.signOut(bearer(tokens)).statusCode()).isEqualTo(204);

        assertThat(desk.signOut(bearer(tokens)).statusCode()).isEqualTo(401);
        assertThat(refresh(tokens).statusCode()).isEqualTo(401);
    }

    @Test
    void closingOneSessionLeavesTheOthers() {
        register("two-devices@example.org");
        JsonObject phone = desk.signIn("two-devices@example.org", PASSWORD).json();
        JsonObject laptop = desk.signIn("two-devices@example.org", PASSWORD).json();

        assertThat(desk.signOut(bearer(phone)).statusCode()).isEqualTo(204);

        assertThat(refresh(laptop).statusCode()).isEqualTo(201);
    }

    @Test
    void withoutATokenNobodySignsOut() {
        FrontDesk.Answer answer = desk.signOut(null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void aRefreshTokenIsGoodForNewTokensAndASecondQuestionForTheSame() {
        register("refreshing@example.org");
        JsonObject first = desk.signIn("refreshing@example.org", PASSWORD).json();

        FrontDesk.Answer second = refresh(first);
        FrontDesk.Answer again = refresh(first);

        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.json().getString("refresh_token"))
                .isEqualTo(second.json().getString("refresh_token"))
                .isNotEqualTo(first.getString("refresh_token"));
        assertThat(refresh(second.json()).statusCode()).isEqualTo(201);
    }

    @Test
    void aStolenRefreshTokenKillsTheFamily() {
        register("robbed@example.org");
        JsonObject first = desk.signIn("robbed@example.org", PASSWORD).json();
        JsonObject second = refresh(first).json();

        desk.later(Duration.ofSeconds(11));

        assertThat(refresh(first).statusCode()).isEqualTo(401);
        assertThat(refresh(second).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoRefreshTokenIsRefused(String token) {
        assertThat(desk.post("/v1/sessions/refresh", new JsonObject().put("refresh_token", token))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} = {1}: {2} at {3}")
    @CsvSource({
        "email, nobody, request.invalid-field, /email",
        "password, short, request.invalid-field, /password",
        "name, 4111 1111 1111 1111, request.card-number, /name",
        "password, 4111-1111-1111-1111, request.card-number, /password",
        "country, XX, request.invalid-field, /country",
        "country, Germany, request.invalid-field, /country",
        "locale, not a locale, request.invalid-field, /locale",
        "policy_version, 1999, consent.policy-not-in-force, /policy_version",
        "birthday, 1815-12-10, request.unknown-field, /birthday",
    })
    @Clause("A1")
    void aRegistrationThatIsNotRightIsRefusedWithItsFieldNamed(String field, String value, String code, String at) {
        FrontDesk.Answer answer =
                desk.post("/v1/accounts", desk.newcomer("refused@example.org").put(field, value));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.json().getString("type")).endsWith("/" + code);
        assertThat(pointers(answer)).containsExactly(at);
        assertThat(answer.text()).as("what was sent is not repeated").doesNotContain(value);
    }

    @Test
    @Clause("A3")
    void advertisingCannotBeConsentedTo() {
        JsonObject newcomer = desk.newcomer("ads@example.org")
                .put("consents", new JsonObject().put("advertising", true).put("resale", true));

        FrontDesk.Answer answer = desk.post("/v1/accounts", newcomer);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(pointers(answer)).containsExactly("/consents/advertising", "/consents/resale");
    }

    @Test
    void allThatIsMissingIsNamedTogether() {
        FrontDesk.Answer answer = desk.post("/v1/accounts", new JsonObject());

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(pointers(answer))
                .containsExactly("/email", "/password", "/name", "/locale", "/country", "/consents", "/policy_version");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertThat(desk.send(HttpMethod.POST, "/v1/sessions", null, Buffer.buffer("{"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void thePublicKeysVerifyWhatWeSignAndHoldNoSecret() {
        FrontDesk.Answer answer = desk.send(HttpMethod.GET, "/.well-known/jwks.json", null, null);

        JsonArray keys = answer.json().getJsonArray("keys");
        assertThat(keys).hasSize(1);
        assertThat(keys.getJsonObject(0).fieldNames()).containsExactly("kty", "use", "alg", "kid", "n", "e");
        assertThat(keys.getJsonObject(0).getString("alg")).isEqualTo("RS256");
    }

    @Test
    void demoAccountsAreMadeOnceAndWrittenForTheirOwnerOnly() throws Exception {
        Path file = folder.resolve("demo-credentials.json");

        assertThat(FrontDesk.await(desk.office.demoAccounts().ensure(file))).isTrue();
        assertThat(FrontDesk.await(desk.office.demoAccounts().ensure(file))).isFalse();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        JsonObject accounts = new JsonObject(Files.readString(file));
        assertThat(accounts.fieldNames())
                .containsExactly(
                        "support",
                        "fulfilment",
                        "privacy_officer",
                        "auditor",
                        "operator",
                        "merchant",
                        "customer1",
                        "customer2");
        JsonObject support = accounts.getJsonObject("support");
        JsonObject tokens = desk.signIn(support.getString("email"), support.getString("password"))
                .json();
        assertThat(claims(tokens).getLong("roles")).isEqualTo(io.sluice.kernel.Role.SUPPORT.mask());
    }

    @CanIgnoreReturnValue
    private static FrontDesk.Answer register(String email) {
        return desk.post("/v1/accounts", desk.newcomer(email));
    }

    private static FrontDesk.Answer refresh(JsonObject tokens) {
        return desk.post(
                "/v1/sessions/refresh", new JsonObject().put("refresh_token", tokens.getString("refresh_token")));
    }

    private static String bearer(JsonObject tokens) {
        return "Bearer " + tokens.getString("access_token");
    }

    private static JsonObject claims(JsonObject tokens) {
        String payload = tokens.getString("access_token").split("\\.", -1)[1];
        return new JsonObject(Buffer.buffer(java.util.Base64.getUrlDecoder().decode(payload)));
    }

    private static JsonObject withoutTrace(FrontDesk.Answer answer) {
        JsonObject problem = answer.json();
        problem.remove("trace_id");
        return problem;
    }

    private static List<String> pointers(FrontDesk.Answer answer) {
        return answer.json().getJsonArray("errors").stream()
                .map(error -> ((JsonObject) error).getString("pointer"))
                .toList();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
