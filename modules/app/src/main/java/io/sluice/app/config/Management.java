package io.sluice.app.config;

/**
 * Where probes and the metrics collector call: never anything personal, hence plain HTTP.
 *
 * @param port 0 takes a free one
 */
public record Management(String host, int port) {

    static Management read(Section section) {
        return new Management(section.text("host", "127.0.0.1"), section.port("port", 9090));
    }
}
