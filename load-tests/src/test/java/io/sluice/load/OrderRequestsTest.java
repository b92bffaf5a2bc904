package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OrderRequestsTest {

    private static final Pattern KEY = Pattern.compile("idempotency-key: (\\S+)");
    private static final Pattern LENGTH = Pattern.compile("content-length: ([0-9]+)");

    private final OrderRequests requests = new OrderRequests(8080, List.of("first", "second"), 10_000);

    @Test
    void aBodyIsAsLongAsItsHeadSaysAndHasThreeLines() {
        for (int i = 0; i < 1_000; i++) {
            String request = requests.next().toString();
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);

            assertThat(body).hasSize(Integer.parseInt(found(LENGTH, request)));
            assertThat(new JsonObject(body).getJsonArray("lines")).hasSize(3);
        }
    }

    @Test
    void noKeyIsUsedTwice() {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertThat(keys.add(found(KEY, requests.next().toString()))).isTrue();
        }
    }

    @Test
    void keysOfAnotherTurnAreOthers() {
        OrderRequests later = new OrderRequests(8080, List.of("first"), 1);

        assertThat(found(KEY, requests.next().toString()))
                .isNotEqualTo(found(KEY, later.next().toString()));
    }

    @Test
    void buyersTakeTurns() {
        assertThat(requests.next().toString()).contains("Bearer first\r\n");
        assertThat(requests.haveAllOrdered()).isFalse();

        assertThat(requests.next().toString()).contains("Bearer second\r\n");
        assertThat(requests.haveAllOrdered()).isTrue();

        assertThat(requests.next().toString()).contains("Bearer first\r\n");
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return String.valueOf(matcher.group(1));
    }
}
