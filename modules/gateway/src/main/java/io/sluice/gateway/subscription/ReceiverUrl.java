package io.sluice.gateway.subscription;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a receiver is, once its URL has been found fit to be called.
 *
 * @param host as it is named to the receiver: a name, or an address without brackets
 * @param target path and query
 */
record ReceiverUrl(boolean isTls, String host, int port, String target) {

    static final int LONGEST = 2048;

    private static final int LOWEST_FREE_PORT = 1024;
    private static final Pattern IPV4 = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])){3}");
    /** What others read as a number, and so as an address that does not look like one. */
    private static final Pattern NUMBER = Pattern.compile("(?i)(0x[0-9a-f]*|[0-9]+)");

    private static final Pattern NAME =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+");
    private static final List<String> LOCAL =
            List.of("localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "private");

    /** What is wrong with a URL as it was given. */
    static final class Unfit extends Exception {

        private static final long serialVersionUID = 1L;

        private Unfit(String mustBe) {
            super(mustBe, null, false, false);
        }

        /** Such as "must be https". */
        String mustBe() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a receiver's URL.
     *
     * @param isPrivateAllowed whether receivers may be on this machine and in private networks, and without TLS; in development only
     * @throws Unfit saying what it must be, without saying it back
     */
    static ReceiverUrl of(String text, boolean isPrivateAllowed) throws Unfit {
        URI url = parsed(text);
        boolean isTls = "https".equalsIgnoreCase(url.getScheme());
        if (!isTls && !(isPrivateAllowed && "http".equalsIgnoreCase(url.getScheme()))) {
            throw new Unfit("must be https");
        }
        if (url.getRawUserInfo() != null) {
            throw new Unfit("must not hold a user or a password");
        }
        if (url.getRawFragment() != null) {
            throw new Unfit("must not have a fragment");
        }
        String host = host(url, isPrivateAllowed);
        int port = url.getPort() < 0 ? (isTls ? 443 : 80) : url.getPort();
        boolean isUsual = port == 443 || port >= LOWEST_FREE_PORT && port <= 65535;
        if (!isUsual && !(isPrivateAllowed && port > 0 && port <= 65535)) {
            throw new Unfit("must have port 443, or one from 1024 to 65535");
        }
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new ReceiverUrl(isTls, host, port, url.getRawQuery() == null ? path : path + "?" + url.getRawQuery());
    }

    /** The address that the host is, if it is written as one: then there is no name to look up. */
    Optional<InetAddress> address() {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches()
                ? Optional.of(PublicAddresses.literal(host))
                : Optional.empty();
    }

    private static URI parsed(String text) throws Unfit {
        boolean isPlain = text.chars().allMatch(each -> each > 0x20 && each < 0x7F);
        try {
            URI url = new URI(text);
            if (isPlain && text.length() <= LONGEST && url.isAbsolute() && !url.isOpaque() && url.getHost() != null) {
                return url;
            }
        } catch (URISyntaxException notAUrl) {
            throw new Unfit("must be an absolute URL in ASCII, with a host");
        }
        throw new Unfit("must be an absolute URL in ASCII, with a host");
    }

    private static String host(URI url, boolean isPrivateAllowed) throws Unfit {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        Optional<InetAddress> address = address(host);
        if (address.isPresent()) {
            if (!isPrivateAllowed && !PublicAddresses.isPublic(address.get())) {
                throw new Unfit("must not be a private or reserved address");
            }
            return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        }
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (NUMBER.matcher(last).matches()) {
            throw new Unfit("must spell an address as four numbers, or in brackets");
        }
        boolean isLocal = LOCAL.stream().anyMatch(local -> host.equals(local) || host.endsWith("." + local));
        if (!isPrivateAllowed && (isLocal || !NAME.matcher(host).matches())) {
            throw new Unfit("must name a host of the public internet");
        }
        return host;
    }

    /** The address that the host is, if it is written as one. */
    private static Optional<InetAddress> address(String host) throws Unfit {
        boolean isV6 = host.startsWith("[") && host.endsWith("]");
        if (!isV6 && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        String literal = isV6 ? host.substring(1, host.length() - 1) : host;
        if (literal.indexOf('%') >= 0) {
            throw new Unfit("must not name an interface");
        }
        try {
            return Optional.of(PublicAddresses.literal(literal));
        } catch (IllegalArgumentException notAnAddress) {
            throw new Unfit("must be an absolute URL in ASCII, with a host");
        }
    }
}
