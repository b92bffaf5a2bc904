package io.sluice.app.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything the sandbox partners need to know.
 *
 * @param directory where their books lie; made if it is not there
 * @param host the interface to bind and to be reached under, such as {@code 127.0.0.1}
 * @param callbackBase scheme, host and port of the shop; null holds callbacks back until {@link
 *     SandboxPartners#callBack} says it
 * @param tls how they speak TLS, if they do
 */
public record SandboxSettings(
        Path directory,
        String host,
        Partner provider,
        Partner carrier,
        @Nullable URI callbackBase,
        SandboxPace pace,
        CallbackRetries retries,
        SandboxFaults faults,
        SandboxTls tls) {

    /** Without TLS. */
    public SandboxSettings(
            Path directory,
            String host,
            Partner provider,
            Partner carrier,
            @Nullable URI callbackBase,
            SandboxPace pace,
            CallbackRetries retries,
            SandboxFaults faults) {
        this(directory, host, provider, carrier, callbackBase, pace, retries, faults, SandboxTls.NONE);
    }

    /**
     * What one partner and the shop have agreed upon.
     *
     * @param port 0 takes the port of the last time on this directory if it is still free, or any
     * @param apiKey what the shop shows to the partner
     * @param webhookSecret what the partner signs with: {@code whsec_} and base64 (24 to 64 bytes), anything else verbatim
     */
    public record Partner(int port, String apiKey, String webhookSecret) {
        public Partner {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            if (apiKey.isBlank() || webhookSecret.isBlank()) {
                throw new IllegalArgumentException("a sandbox partner needs an API key and a webhook secret");
            }
        }

        @Override
        public String toString() {
            return "Partner[port=" + port + "]";
        }
    }

    /** Lively, on loopback, with untidy callbacks: what the demo runs. */
    public static SandboxSettings lively(
            Path directory, Partner provider, Partner carrier, @Nullable URI callbackBase) {
        return new SandboxSettings(
                directory,
                "127.0.0.1",
                provider,
                carrier,
                callbackBase,
                SandboxPace.LIVELY,
                CallbackRetries.PATIENT,
                SandboxFaults.UNTIDY);
    }

    public SandboxSettings with(SandboxFaults other) {
        return new SandboxSettings(directory, host, provider, carrier, callbackBase, pace, retries, other, tls);
    }

    public SandboxSettings with(SandboxPace other) {
        return new SandboxSettings(directory, host, provider, carrier, callbackBase, other, retries, faults, tls);
    }

    public SandboxSettings with(CallbackRetries other) {
        return new SandboxSettings(directory, host, provider, carrier, callbackBase, pace, other, faults, tls);
    }

    public SandboxSettings with(SandboxTls other) {
        return new SandboxSettings(directory, host, provider, carrier, callbackBase, pace, retries, faults, other);
    }

    static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }
}
