package io.sluice.gateway.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with a partner, to sign callbacks with. Prints as {@code •••}. Safe for many threads. */
public final class WebhookSecret {

    /** What a secret of Standard Webhooks begins with. */
    public static final String STANDARD_PREFIX = "whsec_";

    private static final String HMAC = "HmacSHA256";

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}");

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, HMAC);
    }

    /**
     * A secret of Standard Webhooks.
     *
     * @param configured {@code whsec_} and base64, as Standard Webhooks writes secrets, or any other text, taken as it is
     * @throws IllegalArgumentException if it is empty, or not base64 after {@code whsec_}; without naming the secret
     */
    public static WebhookSecret of(String configured) {
        return configured.startsWith(STANDARD_PREFIX)
                ? of(decoded(configured.substring(STANDARD_PREFIX.length())))
                : verbatim(configured);
    }

    /** @throws IllegalArgumentException if it is empty */
    public static WebhookSecret verbatim(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if it is empty, or not hexadecimal; without naming the secret */
    public static WebhookSecret hexadecimal(String digits) {
        try {
            return of(HexFormat.of().parseHex(digits));
        } catch (IllegalArgumentException notHex) {
            // the parser's text would show a character of the secret
            throw new IllegalArgumentException("a webhook secret is not hexadecimal");
        }
    }

    private static WebhookSecret of(byte[] key) {
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

    /**
     * Whether any of the signatures shown is that of any of the secrets; in a time that does not tell where they differ.
     *
     * @param parts what was signed, one after the other
     */
    public static boolean isSigned(List<WebhookSecret> secrets, List<byte[]> shown, byte[]... parts) {
        boolean isSigned = false;
        for (WebhookSecret secret : secrets) {
            byte[] expected = secret.sign(parts);
            for (byte[] signature : shown) {
                isSigned |= MessageDigest.isEqual(expected, signature);
            }
        }
        return isSigned;
    }

    /** A signature in base64; empty, which matches nothing, if the text is none. */
    public static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** A signature in small hexadecimal digits; empty, which matches nothing, if the text is none. */
    public static byte[] signature(String digits) {
        return SIGNATURE.matcher(digits).matches() ? HexFormat.of().parseHex(digits) : new byte[0];
    }

    @Override
    public String toString() {
        return "•••";
    }
}
