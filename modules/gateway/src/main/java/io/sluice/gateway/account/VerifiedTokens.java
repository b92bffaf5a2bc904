package io.sluice.gateway.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens whose signature was found good, by their hash, until they expire: one for all event loops of a node, so that a
 * token is verified once and not once for each.
 */
final class VerifiedTokens {

    private final Cache<Key, AccessTokens.Claims> known;

    /** A token's SHA-256; the token itself is not kept. */
    record Key(ByteBuffer hash) {}

    VerifiedTokens(AccountSettings settings) {
        this.known = Caffeine.newBuilder()
                .maximumSize(settings.maxKnownTokens())
                .expireAfterWrite(settings.accessTokenLife())
                .build();
    }

    static Key key(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new Key(ByteBuffer.wrap(sha256.digest(token.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What a token says that was found good before; it may have expired since. */
    AccessTokens.@Nullable Claims find(Key key) {
        return known.getIfPresent(key);
    }

    void remember(Key key, AccessTokens.Claims claims) {
        known.put(key, claims);
    }
}
