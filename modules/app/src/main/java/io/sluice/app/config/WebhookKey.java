package io.sluice.app.config;

import io.sluice.gateway.webhook.standard.StandardKey;
import java.util.Base64;
import java.util.regex.Pattern;

/** How a partner writes the secret that it signs callbacks with. */
enum WebhookKey {
    /** Any text, taken as it is; but not the half of a pair of keys, of which one may be read by anybody. */
    VERBATIM("a text, and no whpk_ or whsk_ key"),
    /** {@code whsec_} and base64 of 24 to 64 bytes, or {@code whpk_} and base64 of 32 bytes, as Standard Webhooks has it. */
    STANDARD("whsec_ and base64 of 24 to 64 bytes, or whpk_ and base64 of 32"),
    /** 32 bytes. */
    ADYEN("64 hexadecimal digits");

    private static final String SECRET = "whsec_";
    private static final String PUBLIC = "whpk_";
    private static final String PRIVATE = "whsk_";
    private static final Pattern ADYENS = Pattern.compile("[0-9A-Fa-f]{64}");

    private final String wanted;

    WebhookKey(String wanted) {
        this.wanted = wanted;
    }

    String wanted() {
        return wanted;
    }

    boolean fits(Secret secret) {
        String text = secret.reveal();
        return switch (this) {
            case VERBATIM -> !text.startsWith(PUBLIC) && !text.startsWith(PRIVATE);
            case STANDARD -> text.startsWith(PUBLIC) ? isPublicKey(text) : isSharedSecret(text);
            case ADYEN -> ADYENS.matcher(text).matches();
        };
    }

    private static boolean isSharedSecret(String text) {
        try {
            int length =
                    text.startsWith(SECRET) ? Base64.getDecoder().decode(text.substring(SECRET.length())).length : 0;
            return length >= 24 && length <= 64;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static boolean isPublicKey(String text) {
        try {
            return StandardKey.of(text) instanceof StandardKey.Public;
        } catch (IllegalArgumentException noKey) {
            return false;
        }
    }
}
