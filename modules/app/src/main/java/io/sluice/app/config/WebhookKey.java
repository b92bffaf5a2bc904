package io.sluice.app.config;

import java.util.Base64;

/** How a partner writes the secret that it signs callbacks with. */
enum WebhookKey {
    /** Any text, taken as it is. */
    VERBATIM("a text"),
    /** {@code whsec_} and base64 of 24 to 64 bytes, as Standard Webhooks has it. */
    STANDARD("whsec_ and base64 of 24 to 64 bytes");

    private static final String STANDARD_PREFIX = "whsec_";

    private final String wanted;

    WebhookKey(String wanted) {
        this.wanted = wanted;
    }

    String wanted() {
        return wanted;
    }

    boolean fits(Secret secret) {
        String text = secret.reveal();
        try {
            return switch (this) {
                case VERBATIM -> true;
                case STANDARD -> text.startsWith(STANDARD_PREFIX) && longEnough(text);
            };
        } catch (IllegalArgumentException e) {
            // not base64: the answer is no
            return false;
        }
    }

    private static boolean longEnough(String text) {
        int length = Base64.getDecoder().decode(text.substring(STANDARD_PREFIX.length())).length;
        return length >= 24 && length <= 64;
    }
}
