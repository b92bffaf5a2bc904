package io.sluice.gateway.http;

import io.netty.util.NetUtil;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Where a request comes from, as far as it can be counted: an IPv4 address, or the network of 64 bits that an IPv6 address is in.
 * One household has all 2<sup>64</sup> addresses of the latter, and could come by another one each time. It does not print.
 */
public record Origin(boolean isV6, long network) {

    /** Of a request that came by no network. */
    static final Origin NOWHERE = new Origin(true, 0);

    private static final int V4_BYTES = 4;
    private static final long MAPPED = 0xFFFF;

    /** Reads an address, written as proxies do: {@code 192.0.2.7}, {@code 192.0.2.7:4711}, {@code 2001:db8::7}, {@code [2001:db8::7]:4711}. */
    static Optional<Origin> of(String text) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(withoutPort(text.strip()));
        if (bytes == null) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(bytes);
        if (bytes.length == V4_BYTES) {
            return Optional.of(v4(read.getInt()));
        }
        long network = read.getLong();
        long rest = read.getLong();
        // ::ffff:192.0.2.7 is how a socket for both spells an IPv4 address: else all of IPv4 would be one network
        return Optional.of(network == 0 && rest >>> 32 == MAPPED ? v4((int) rest) : new Origin(true, network));
    }

    private static Origin v4(int address) {
        return new Origin(false, Integer.toUnsignedLong(address));
    }

    private static String withoutPort(String text) {
        int firstColon = text.indexOf(':');
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? text : text.substring(1, end);
        }
        boolean isV4WithPort = firstColon >= 0 && firstColon == text.lastIndexOf(':');
        return isV4WithPort ? text.substring(0, firstColon) : text;
    }

    @Override
    public String toString() {
        return "Origin[•••]";
    }
}
