package io.sluice.app.config;

import java.util.List;
import java.util.Optional;

/**
 * How nodes find and trust each other.
 *
 * @param name nodes of another name are not joined; absent: made of the certificate authority's fingerprint
 * @param host the interface of both links, under which the other nodes reach this one
 * @param port of the membership link; in development the next free one if it is taken
 * @param busPort of the event bus; 0 takes a free one
 * @param members hosts, or {@code host:port}, at which others may be found
 * @param trustedNetwork somebody said that strangers are kept off the membership link, which has no log-in
 * @param tls this node's certificate; absent, in development: made at start
 * @param ca PEM text of the authority that signs nodes and nothing else
 */
public record Cluster(
        boolean enabled,
        Optional<String> name,
        String host,
        int port,
        int busPort,
        List<String> members,
        boolean trustedNetwork,
        Optional<Pem> tls,
        Optional<String> ca) {

    /** How far the membership link may reach. */
    enum Membership {
        LOOPBACK,
        TRUSTED_NETWORK
    }

    public Cluster {
        members = List.copyOf(members);
        if (enabled && !trustedNetwork && !Loopback.is(host)) {
            throw new IllegalArgumentException(
                    "cluster.host " + host + " is not loopback, and the link on which members find each other has no"
                            + " log-in: say cluster.membership: trusted-network if strangers are kept off that network");
        }
        if (tls.isPresent() != ca.isPresent()) {
            throw new IllegalArgumentException(
                    "cluster.tls needs certificate, key and ca together; what is given is only a part of them");
        }
    }

    static Cluster read(Section section) {
        boolean enabled = section.flag("enabled", false);
        Optional<Pem> tls = section.part("tls", Pem::read).flatMap(pem -> pem);
        Optional<String> ca = section.at("tls").text("ca");
        if (enabled && tls.isEmpty() && !section.profile().isDevelopment()) {
            section.missing("tls.certificate", "only the development profile makes certificates");
        }
        return new Cluster(
                enabled,
                section.text("name"),
                section.text("host", "127.0.0.1"),
                section.number("port", 5701, 1, 65535),
                section.port("bus_port", 0),
                section.list("members"),
                section.oneOf("membership", Membership.LOOPBACK) == Membership.TRUSTED_NETWORK,
                tls,
                ca);
    }
}
