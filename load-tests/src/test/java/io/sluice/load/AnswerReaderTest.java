package io.sluice.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private static final UUID ORDER = UUID.fromString("0197a2b4-1c2d-7e3f-8a4b-5c6d7e8f9000");
    private static final String ACCEPTED =
            "HTTP/1.1 201 Created\r\nlocation: /v1/orders/" + ORDER + "\r\nContent-Length: 11\r\n\r\n{\"id\":\"...\"";

    private final AnswerReader reader = new AnswerReader();

    @Test
    void anAcceptedOrderIsReadWithItsId() {
        assertThat(reader.take(Buffer.buffer(ACCEPTED))).isTrue();

        assertThat(reader.status()).isEqualTo(201);
        assertThat(reader.orderId()).isEqualTo(ORDER);
    }

    @Test
    void anAnswerIsNotWholeBeforeItsLastByte() {
        for (int i = 0; i < ACCEPTED.length() - 1; i++) {
            assertThat(reader.take(Buffer.buffer(ACCEPTED.substring(i, i + 1))))
                    .as("after %s bytes", i + 1)
                    .isFalse();
        }

        assertThat(reader.take(Buffer.buffer(ACCEPTED.substring(ACCEPTED.length() - 1))))
                .isTrue();
        assertThat(reader.orderId()).isEqualTo(ORDER);
    }

    @Test
    void anAnswerAfterAnotherIsReadForItself() {
        assertThat(reader.take(Buffer.buffer(ACCEPTED))).isTrue();
        reader.clear();

        assertThat(reader.take(Buffer.buffer("HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")))
                .isTrue();
        assertThat(reader.status()).isEqualTo(503);
    }

    @Test
    void anAcceptedOrderWithoutAPlaceIsAFault() {
        assertThat(reader.take(Buffer.buffer("HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n")))
                .isTrue();

        assertThatThrownBy(reader::orderId).isInstanceOf(BenchFailed.class);
    }

    @Test
    void anAnswerThatDoesNotSayItsLengthIsAFault() {
        Buffer answer = Buffer.buffer("HTTP/1.1 201 Created\r\ntransfer-encoding: chunked\r\n\r\n");

        assertThatThrownBy(() -> reader.take(answer)).isInstanceOf(BenchFailed.class);
    }
}
