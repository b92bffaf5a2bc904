package io.sluice.load;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Requests for orders, as bytes: the parts that never change are made beforehand. Buyers take turns; each order has three lines
 * of SKUs drawn evenly, and an idempotency key that was never used before. For one thread.
 */
final class OrderRequests {

    private static final int LINES = 3;
    private static final int ADDRESSES = 64;
    private static final String BEFORE_BODY = "\r\ncontent-length: %d\r\n\r\n";

    private final byte[][] heads;
    private final byte[][] tails;
    private final byte[][] lengths;
    private final byte[][] skus;
    private final byte[] bodyStart = bytes("{\"currency\":\"EUR\",\"lines\":[");
    private final byte[] key;
    private final SplittableRandom random = new SplittableRandom();
    private volatile long made;

    OrderRequests(int port, List<String> tokens, int skuCount) {
        this.heads = tokens.stream()
                .map(token -> bytes("POST /v1/orders HTTP/1.1\r\nhost: 127.0.0.1:" + port
                        + "\r\ncontent-type: application/json\r\nauthorization: Bearer " + token
                        + "\r\nidempotency-key: "))
                .toArray(byte[][]::new);
        this.skus = new byte[skuCount][];
        for (int i = 0; i < skuCount; i++) {
            skus[i] = bytes("{\"sku\":\"SKU-" + digits(i + 1L, 6) + "\",\"quantity\":1}");
        }
        this.tails = new byte[ADDRESSES][];
        this.lengths = new byte[ADDRESSES][];
        for (int i = 0; i < ADDRESSES; i++) {
            tails[i] = bytes(tail(i));
            int length = bodyStart.length + LINES * skus[0].length + LINES - 1 + tails[i].length;
            lengths[i] = bytes(BEFORE_BODY.formatted(length));
        }
        // the last twelve digits of a random UUID are overwritten by the count
        this.key = bytes(UUID.randomUUID().toString());
    }

    private static String tail(int i) {
        return "],\"delivery\":{\"name\":\"Marta Lindqvist-Okafor\",\"line1\":\"Hafenstrasse " + digits(i, 3)
                + "\",\"city\":\"Hamburg\",\"postcode\":\"20" + digits(i, 3)
                + "\",\"country\":\"DE\",\"phone\":\"+49401234" + digits(i, 4)
                + "\"},\"payment\":{\"method\":\"pm_card_visa\"},\"contact\":{\"email\":\"marta.lindqvist."
                + digits(i, 3) + "@example.org\"}}";
    }

    Buffer next() {
        long number = made;
        made = number + 1;
        byte[] head = heads[(int) (number % heads.length)];
        int address = random.nextInt(ADDRESSES);
        count(number);
        Buffer request = Buffer.buffer(head.length + 640)
                .appendBytes(head)
                .appendBytes(key)
                .appendBytes(lengths[address])
                .appendBytes(bodyStart);
        for (int line = 0; line < LINES; line++) {
            if (line > 0) {
                request.appendByte((byte) ',');
            }
            request.appendBytes(skus[random.nextInt(skus.length)]);
        }
        return request.appendBytes(tails[address]);
    }

    /** Whether every buyer has ordered. May be asked from any thread. */
    boolean haveAllOrdered() {
        return made >= heads.length;
    }

    private void count(long n) {
        long rest = n;
        for (int at = key.length - 1; at >= key.length - 12; at--) {
            key[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static String digits(long n, int width) {
        String digits = Long.toString(n);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
