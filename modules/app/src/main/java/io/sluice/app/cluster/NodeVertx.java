package io.sluice.app.cluster;

import io.micrometer.core.instrument.MeterRegistry;
import io.sluice.app.config.Cluster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Makes a node's Vert.x, alone or among others. */
public final class NodeVertx {

    private NodeVertx() {}

    /**
     * Fails if the node cannot join. Blocks for a moment while development certificates are made: not for an event loop.
     *
     * @param dataDir where a development node finds or makes its certificates
     */
    public static Future<Vertx> open(Cluster cluster, Path dataDir, MeterRegistry meters) {
        VertxOptions options = new VertxOptions().setMetricsOptions(metrics());
        VertxBuilder builder = Vertx.builder()
                .withMetrics(new MicrometerMetricsFactory(meters))
                .withTransport(WipingTransport.overBest());
        if (!cluster.enabled()) {
            return Future.succeededFuture(builder.with(options).build());
        }
        NodeTls tls = NodeTls.of(cluster, dataDir);
        return builder.with(options.setEventBusOptions(bus(cluster, tls)))
                .withClusterManager(new HazelcastClusterManager(Membership.of(cluster, tls)))
                .buildClustered();
    }

    static EventBusOptions bus(Cluster cluster, NodeTls tls) {
        return new EventBusOptions()
                .setHost(cluster.host())
                .setClusterPublicHost(cluster.host())
                .setPort(cluster.busPort())
                .setSsl(true)
                .setClientAuth(ClientAuth.REQUIRED)
                // unless told otherwise, who opens a connection of the bus believes whatever certificate it meets
                .setTrustAll(false)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
                .setKeyCertOptions(tls.keyCert())
                .setTrustOptions(tls.trust());
    }

    private static MicrometerMetricsOptions metrics() {
        return new MicrometerMetricsOptions()
                .setEnabled(true)
                // no path, no remote address: those may be about a person, and guard counts the bus by itself;
                // no method: a client may make up as many as it likes, and the gateway counts by method itself
                .setLabels(EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME))
                .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS);
    }
}
