package io.sluice.app.certificates;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** Names and addresses under which somebody is reached. */
final class Host {

    private Host() {}

    /** Whether this is an address and not a name. */
    static boolean isAddress(String host) {
        return host.matches("[0-9.]+|.*:.*");
    }

    /** The one spelling by which two that are the same are equal. */
    static String spelled(String host) {
        try {
            return isAddress(host) ? InetAddress.getByName(host).getHostAddress() : host.toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(host + " is neither a host's name nor its address", e);
        }
    }
}
