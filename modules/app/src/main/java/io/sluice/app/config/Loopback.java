package io.sluice.app.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses that only this machine can reach from all others. */
final class Loopback {

    private Loopback() {}

    /** Whether this host is this machine's loopback, by all its addresses; an unknown host is not. */
    static boolean is(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            // a name that cannot be told now may be any machine's
            return false;
        }
    }
}
