package io.sluice.app.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.NetworkConfig;
import io.sluice.app.config.Cluster;
import java.util.List;

/** Says to Hazelcast how nodes find each other: by name, over TCP, and nothing beyond that. */
final class Membership {

    /** How many ports from the first one on belong to nodes of one machine. */
    private static final int PORTS = 20;

    private Membership() {}

    static Config of(Cluster cluster, NodeTls tls) {
        Config config = new Config()
                .setClusterName(cluster.name().orElseGet(() -> "sluice-" + tls.fingerprint()))
                // the two maps and the multimap that Vert.x keeps; a second copy each, so that one node may die
                .addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                        .setBackupCount(1)
                        .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET))
                .addMapConfig(new MapConfig("__vertx.haInfo").setBackupCount(1))
                .addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(1))
                .setNetworkConfig(network(cluster));
        config.getMetricsConfig().setEnabled(false);
        config.getIntegrityCheckerConfig().setEnabled(false);
        // the link has no log-in: whoever reaches it may at least not choose what is instantiated
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.getWhitelist().addPrefixes("io.vertx.spi.cluster.hazelcast.");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter);
        return config.setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.tcp.join.port.try.count", Integer.toString(PORTS))
                .setProperty("hazelcast.wait.seconds.before.join", "1")
                // Vert.x leaves the cluster itself, before its own end
                .setProperty("hazelcast.shutdownhook.enabled", "false");
    }

    private static NetworkConfig network(Cluster cluster) {
        NetworkConfig network = new NetworkConfig()
                .setPort(cluster.port())
                .setPortCount(PORTS)
                // where others rely on the port, taking the next one would only hide a mistake
                .setPortAutoIncrement(cluster.tls().isEmpty());
        network.getInterfaces().setEnabled(true).addInterface(cluster.host());
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
        List<String> members = cluster.members().isEmpty() ? List.of(cluster.host()) : cluster.members();
        network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(members).setConnectionTimeoutSeconds(3);
        return network;
    }
}
