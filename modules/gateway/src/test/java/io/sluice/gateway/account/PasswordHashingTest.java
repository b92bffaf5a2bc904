package io.sluice.gateway.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.kernel.Plain;
import io.sluice.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await();
    }

    @Test
    void thePasswordMatchesItsHashAndNoOtherDoes() throws Exception {
        PasswordHashing hashing = hashing(10);

        String hash = await(hashing.hash("correct horse"));

        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(await(hashing.matches("correct horse", Plain.of(hash)))).isTrue();
        assertThat(await(hashing.matches("wrong horse", Plain.of(hash)))).isFalse();
    }

    @Test
    void theSamePasswordNeverHasTheSameHash() throws Exception {
        PasswordHashing hashing = hashing(10);

        assertThat(await(hashing.hash("correct horse"))).isNotEqualTo(await(hashing.hash("correct horse")));
    }

    @Test
    void lettersOfEveryScriptCount() throws Exception {
        PasswordHashing hashing = hashing(10);

        String hash = await(hashing.hash("пароль密码"));

        assertThat(await(hashing.matches("пароль密码", Plain.of(hash)))).isTrue();
        assertThat(await(hashing.matches("пароль密马", Plain.of(hash)))).isFalse();
    }

    @Test
    void withoutAnAccountNoPasswordMatches() throws Exception {
        assertThat(await(hashing(10).matches("anything", null))).isFalse();
    }

    @Test
    void pastTheQueueHashingIsUnavailableAndLaterItIsAgain() throws Exception {
        PasswordHashing hashing = hashing(2);
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            asked.add(hashing.hash("password " + i));
        }

        Future.join(asked).otherwiseEmpty().await(20, TimeUnit.SECONDS);

        assertThat(asked)
                .filteredOn(Future::failed)
                .isNotEmpty()
                .allSatisfy(turnedAway -> assertThat(turnedAway.cause()).isInstanceOf(Unavailable.class));
        assertThat(asked).filteredOn(Future::succeeded).hasSizeGreaterThanOrEqualTo(3);
        assertThat(await(hashing.hash("later"))).isNotEmpty();
    }

    private PasswordHashing hashing(int maxWaiting) {
        return new PasswordHashing(
                vertx, new AccountSettings.Hashing(64, 1, 1, 1, maxWaiting), new SimpleMeterRegistry());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }
}
