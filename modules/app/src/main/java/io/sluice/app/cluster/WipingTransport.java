package io.sluice.app.cluster;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.transport.Transport;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Another transport, whose TCP sockets use {@link WipedBuffers}. */
final class WipingTransport implements Transport {

    private final Transport of;

    private WipingTransport(Transport of) {
        this.of = of;
    }

    /** The system's own transport if it is there, else Java's. */
    static io.vertx.core.transport.Transport overBest() {
        io.vertx.core.transport.Transport system = io.vertx.core.transport.Transport.nativeTransport();
        return over(system != null && system.available() ? system : io.vertx.core.transport.Transport.NIO);
    }

    static io.vertx.core.transport.Transport over(io.vertx.core.transport.Transport plain) {
        Transport wiping = new WipingTransport(plain.implementation());
        return new io.vertx.core.transport.Transport() {
            @Override
            public String name() {
                return plain.name();
            }

            @Override
            public boolean available() {
                return plain.available();
            }

            @Override
            public @Nullable Throwable unavailabilityCause() {
                return plain.unavailabilityCause();
            }

            @Override
            public Transport implementation() {
                return wiping;
            }
        };
    }

    @Override
    public void configure(ClientOptionsBase options, int connectTimeout, boolean isLocal, Bootstrap bootstrap) {
        of.configure(options, connectTimeout, isLocal, bootstrap);
        bootstrap.option(ChannelOption.ALLOCATOR, WipedBuffers.INSTANCE);
    }

    @Override
    public void configure(NetServerOptions options, boolean isLocal, ServerBootstrap bootstrap) {
        of.configure(options, isLocal, bootstrap);
        bootstrap.childOption(ChannelOption.ALLOCATOR, WipedBuffers.INSTANCE);
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        of.configure(channel, options);
    }

    @Override
    public boolean supportsDomainSockets() {
        return of.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return of.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return of.isAvailable();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
        return of.unavailabilityCause();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return of.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return of.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return of.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return of.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    public DatagramChannel datagramChannel() {
        return of.datagramChannel();
    }

    @Override
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return of.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean isLocal) {
        return of.channelFactory(isLocal);
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean isLocal) {
        return of.serverChannelFactory(isLocal);
    }
}
