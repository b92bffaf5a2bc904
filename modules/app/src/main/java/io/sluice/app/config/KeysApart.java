package io.sluice.app.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Sees to it that no two regions share a store of keys, and none has its keys beside what they seal: in a database of its own, under
 * a role of its own, under key-encryption keys of its own.
 */
final class KeysApart {

    private static final int POSTGRES_PORT = 5432;

    private final boolean rolesApart;
    private final Map<Object, String> taken = new HashMap<>();

    /** @param rolesApart whether two databases of one server must have two roles; development brings one along */
    KeysApart(boolean rolesApart) {
        this.rolesApart = rolesApart;
    }

    /** @throws IllegalArgumentException if somebody named before is at the same place */
    void database(String owner, DatabaseConfig config) {
        config.url().ifPresent(url -> {
            Server server = Server.of(url);
            take(new Database(server, url.getPath()), owner, "database");
            if (rolesApart) {
                take(new Role(server, url.getUserInfo()), owner, "role of one server");
            }
        });
    }

    /** @throws IllegalArgumentException if somebody named before is at the same place */
    void store(String owner, KeyStoreConfig keys) {
        database(owner + ".database", keys.database());
        if (keys.transit().isPresent()) {
            TransitConfig transit = keys.transit().get();
            take(new TransitKey(transit.url(), transit.namespace(), transit.key()), owner + ".transit", "transit key");
        } else {
            keys.keystore()
                    .ifPresent(path -> take(path.toAbsolutePath().normalize(), owner + ".keystore", "keystore file"));
        }
    }

    private void take(Object place, String owner, String kind) {
        String other = taken.putIfAbsent(place, owner);
        if (other != null) {
            throw new IllegalArgumentException(owner + " and " + other + " must not share a " + kind
                    + ": keys live apart from each other" + " and from what they seal");
        }
    }

    private record Server(String host, int port) {

        static Server of(URI url) {
            return new Server(
                    url.getHost().toLowerCase(Locale.ROOT), url.getPort() < 0 ? POSTGRES_PORT : url.getPort());
        }
    }

    private record Database(Server server, String path) {}

    private record Role(Server server, String user) {}

    private record TransitKey(URI engine, Optional<String> namespace, String key) {}
}
