/**
 * The links between nodes: Hazelcast for membership, Vert.x's own connections for the event bus.
 *
 * <p>The bus speaks mutual TLS 1.3 only, and its authority signs nothing but nodes: Vert.x does not compare host names
 * there, so whoever holds a certificate of that authority is a node. In development {@code certificates} makes both at first start
 * under the data directory; nodes that share it trust each other. The membership link has neither log-in nor
 * encryption in Hazelcast's open-source edition: it carries addresses and subscriptions only, no decision rests on it, and
 * it stays on loopback unless the configuration says that its network is trusted.
 *
 * <p>Every TCP socket of a node, to whomever, has buffers that are wiped before their memory is used again: the pool of direct memory
 * would keep passwords and addresses for as long as nobody overwrites them. {@code WipingTransport} sees to that.
 *
 * <p>This room touches no message: {@code guard} alone knows what travels. A node that cannot join does not start.
 *
 * <p>Start reading at {@link io.sluice.app.cluster.NodeVertx}.
 */
@NullMarked
@CheckReturnValue
package io.sluice.app.cluster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
