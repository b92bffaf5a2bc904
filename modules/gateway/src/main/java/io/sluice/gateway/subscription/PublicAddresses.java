package io.sluice.gateway.subscription;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Tells addresses of the public internet from all others, by the special-purpose registries of IANA (RFC 6890). */
final class PublicAddresses {

    /** Addresses of so many bytes that begin with so many bits alike. */
    private record Range(int bytes, int bits, BigInteger prefix) {

        static Range of(String text) {
            String[] parts = text.split("/", 2);
            byte[] address = literal(parts[0]).getAddress();
            int bits = Integer.parseInt(parts[1]);
            return new Range(address.length, bits, beginning(address, bits));
        }

        boolean holds(byte[] address) {
            return address.length == bytes && beginning(address, bits).equals(prefix);
        }

        private static BigInteger beginning(byte[] address, int bits) {
            return new BigInteger(1, address).shiftRight(address.length * Byte.SIZE - bits);
        }
    }

    private static final List<Range> NOT_PUBLIC_V4 = List.of(
            Range.of("0.0.0.0/8"),
            Range.of("10.0.0.0/8"),
            Range.of("100.64.0.0/10"),
            Range.of("127.0.0.0/8"),
            Range.of("169.254.0.0/16"), // link-local, and where clouds tell a machine its secrets
            Range.of("172.16.0.0/12"),
            Range.of("192.0.0.0/24"),
            Range.of("192.0.2.0/24"),
            Range.of("192.88.99.0/24"),
            Range.of("192.168.0.0/16"),
            Range.of("198.18.0.0/15"),
            Range.of("198.51.100.0/24"),
            Range.of("203.0.113.0/24"),
            Range.of("224.0.0.0/4"),
            Range.of("240.0.0.0/4"));

    /** All that is given out to anybody; what lies outside it (loopback, local, mapped and translated addresses) is not public. */
    private static final Range GLOBAL_V6 = Range.of("2000::/3");

    private static final List<Range> NOT_PUBLIC_V6 = List.of(
            Range.of("2001::/23"),
            Range.of("2001:db8::/32"),
            Range.of("2002::/16"), // holds an IPv4 address, whichever
            Range.of("3fff::/20"));

    private PublicAddresses() {}

    /**
     * The address that is written so.
     *
     * @param text four numbers with dots, or what IPv6 addresses are made of; nothing else is looked up for it
     */
    static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text.indexOf(':') < 0 ? text : "[" + text + "]");
        } catch (UnknownHostException notAnAddress) {
            throw new IllegalArgumentException("not an address", notAnAddress);
        }
    }

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address
                ? NOT_PUBLIC_V4.stream().noneMatch(range -> range.holds(bytes))
                : GLOBAL_V6.holds(bytes) && NOT_PUBLIC_V6.stream().noneMatch(range -> range.holds(bytes));
    }
}
