package io.sluice.ledger;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** SHA-256 as RFC 9162 (2.1.1) uses it for leaves and nodes, and as batches are chained to heads. */
final class HashTree {

    static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte HEAD = 2;
    private static final byte GENESIS = 3;

    private HashTree() {}

    /** {@code H(0x00 || bytes)} */
    static byte[] leaf(byte[] bytes) {
        MessageDigest sha = sha256();
        sha.update(LEAF);
        return sha.digest(bytes);
    }

    /** The root over at least one leaf hash. */
    static byte[] root(List<byte[]> leafHashes) {
        int size = leafHashes.size();
        if (size == 1) {
            return leafHashes.getFirst();
        }
        // the largest power of two that is smaller than the size
        int split = Integer.highestOneBit(size - 1);
        MessageDigest sha = sha256();
        sha.update(NODE);
        sha.update(root(leafHashes.subList(0, split)));
        return sha.digest(root(leafHashes.subList(split, size)));
    }

    /** {@code H(0x03 || canonical JSON of the shard)}: what the first batch of a shard is chained to. */
    static byte[] genesis(byte[] shard) {
        MessageDigest sha = sha256();
        sha.update(GENESIS);
        return sha.digest(shard);
    }

    /** {@code H(0x02 || head before || root || seq || first n || count)}, numbers as 8, 8 and 4 bytes, highest first. */
    static byte[] head(byte[] before, byte[] root, long seq, long firstN, int count) {
        return sha256().digest(ByteBuffer.allocate(1 + 2 * LENGTH + 20)
                .put(HEAD)
                .put(before)
                .put(root)
                .putLong(seq)
                .putLong(firstN)
                .putInt(count)
                .array());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
