package io.sluice.app.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks as Stripe does: HMAC-SHA256 of {@code time.body} under the secret as it is written. */
final class StripeSignature {

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    StripeSignature(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** The header's value. */
    String of(long epochSecond, String body) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(key);
        byte[] signature = mac.doFinal((epochSecond + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=" + epochSecond + ",v1=" + HexFormat.of().formatHex(signature);
    }
}
