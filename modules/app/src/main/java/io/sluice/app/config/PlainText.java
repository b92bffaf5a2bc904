package io.sluice.app.config;

/** Where a port speaks in the clear. */
public enum PlainText {
    /** Where only this machine listens. */
    LOOPBACK,
    /** Somebody said that a proxy there ends TLS, and that nobody else reaches the port. */
    BEHIND_A_TRUSTED_PROXY;

    /** Sees to it that nothing is said in the clear beyond this machine unless somebody asked for that in so many words. */
    static PlainText read(Section section, String host, boolean isEncrypted) {
        PlainText asked = section.oneOf("plain_text", LOOPBACK);
        if (asked == BEHIND_A_TRUSTED_PROXY && isEncrypted) {
            section.problem("plain_text", "and a certificate contradict each other; keep one");
        }
        if (asked == LOOPBACK && !isEncrypted && !Loopback.is(host)) {
            section.problem(
                    "host",
                    host + " can be reached from outside: give " + section.key("tls.certificate") + " and "
                            + section.key("tls.key") + ", bind 127.0.0.1, or say " + section.key("plain_text")
                            + ": behind-a-trusted-proxy if a proxy ends TLS there and nobody else reaches this port");
        }
        return asked;
    }
}
