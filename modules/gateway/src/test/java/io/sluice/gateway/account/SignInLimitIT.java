package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guessing passwords ends soon, for known and unknown addresses alike, and takes nobody else along. */
class SignInLimitIT {

    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    static Path folder;

    private static FrontDesk desk;

    @BeforeAll
    static void open() throws Exception {
        desk = new FrontDesk(
                folder, new AccountSettings.Attempts(3, Duration.ofMinutes(1), 1000, Duration.ofMillis(300)));
    }

    @AfterAll
    static void close() {
        desk.close();
    }

    @Test
    void afterThreeWrongPasswordsTheRightOneMustWaitToo() {
        assertThat(desk.post("/v1/accounts", desk.newcomer("guessed@example.org"))
                        .statusCode())
                .isEqualTo(201);
        for (int i = 0; i < 3; i++) {
            assertThat(desk.signIn("guessed@example.org", "wrong " + i).statusCode())
                    .isEqualTo(401);
        }

        FrontDesk.Answer late = desk.signIn("Guessed@example.org", PASSWORD);

        assertThat(late.statusCode()).isEqualTo(429);
        assertThat(late.header("Retry-After")).isEqualTo("60");
    }

    @Test
    void guessingAtAnUnknownAddressEndsTheSameWay() {
        for (int i = 0; i < 3; i++) {
            assertThat(desk.signIn("unknown@example.org", "wrong " + i).statusCode())
                    .isEqualTo(401);
        }

        assertThat(desk.signIn("unknown@example.org", "wrong again").statusCode())
                .isEqualTo(429);
    }

    @Test
    void whoSignsInRightStartsAnew() {
        assertThat(desk.post("/v1/accounts", desk.newcomer("clumsy@example.org"))
                        .statusCode())
                .isEqualTo(201);
        for (int round = 0; round < 3; round++) {
            assertThat(desk.signIn("clumsy@example.org", "wrong").statusCode()).isEqualTo(401);
            assertThat(desk.signIn("clumsy@example.org", "wrong").statusCode()).isEqualTo(401);
            assertThat(desk.signIn("clumsy@example.org", PASSWORD).statusCode()).isEqualTo(201);
        }
    }

    @Test
    void aFailureIsAnsweredNoSoonerThanSetSoThatItsTimeTellsNothing() {
        long begun = System.nanoTime();

        assertThat(desk.signIn("timing@example.org", "wrong").statusCode()).isEqualTo(401);

        assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(299_000_000L);
    }
}
