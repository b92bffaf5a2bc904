package io.sluice.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with a partner, to sign callbacks with. Prints as {@code •••}. Safe for many threads. */
public final class WebhookSecret {

    private static final String HMAC = "HmacSHA256";
    private static final String STANDARD_PREFIX = "whsec_";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /**
     * @param configured {@code whsec_} and base64, as Standard Webhooks writes secrets, or any other text, taken as it is
     * @throws IllegalArgumentException if it is empty, or not base64 after {@code whsec_}; without naming the secret
     */
    public static WebhookSecret of(String configured) {
        byte[] key = configured.startsWith(STANDARD_PREFIX)
                ? decoded(configured.substring(STANDARD_PREFIX.length()))
                : configured.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            throw new IllegalArgumentException("a webhook secret is empty");
        }
        return new WebhookSecret(key);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // the decoder's text would show a character of the secret, so it is not passed on
            throw new IllegalArgumentException("a webhook secret is not base64 after " + STANDARD_PREFIX);
        }
    }

    /** HMAC-SHA256 over the parts, one after the other. */
    public byte[] sign(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + HMAC, impossible);
        }
    }

    @Override
    public String toString() {
        return "•••";
    }
}
