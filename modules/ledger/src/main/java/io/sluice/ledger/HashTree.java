package io.sluice.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;

/** SHA-256 as RFC 9162 (2.1.1) uses it for leaves and nodes, and as batches are chained to heads and leaves to tallies. */
public final class HashTree {

    static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final byte HEAD = 2;
    private static final byte GENESIS = 3;
    private static final byte TALLY = 4;
    private static final byte TALLY_START = 5;
    private static final byte RECORD = 6;

    private HashTree() {}

    /** {@code H(0x00 || bytes)} */
    public static byte[] leaf(byte[] bytes) {
        MessageDigest sha = sha256();
        sha.update(LEAF);
        return sha.digest(bytes);
    }

    /** {@code H(0x01 || left || right)} */
    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha = sha256();
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /** The root over at least one leaf hash. */
    public static byte[] root(List<byte[]> leafHashes) {
        int size = leafHashes.size();
        if (size == 1) {
            return leafHashes.getFirst();
        }
        // the largest power of two that is smaller than the size
        int split = Integer.highestOneBit(size - 1);
        return node(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, size)));
    }

    /** {@code H(0x06 || salt || id)}, the id in 16 bytes, highest first. */
    static byte[] record(byte[] salt, UUID id) {
        MessageDigest sha = sha256();
        sha.update(RECORD);
        sha.update(salt);
        return sha.digest(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /** {@code H(0x03 || canonical JSON of the shard)}: what the first batch of a shard is chained to. */
    static byte[] genesis(byte[] shard) {
        MessageDigest sha = sha256();
        sha.update(GENESIS);
        return sha.digest(shard);
    }

    /** {@code H(0x02 || head before || root || seq || first n || count)}, numbers as 8, 8 and 4 bytes, highest first. */
    public static byte[] head(byte[] before, byte[] root, long seq, long firstN, int count) {
        return sha256().digest(ByteBuffer.allocate(1 + 2 * LENGTH + 20)
                .put(HEAD)
                .put(before)
                .put(root)
                .putLong(seq)
                .putLong(firstN)
                .putInt(count)
                .array());
    }

    /** {@code H(0x05 || record)}: what a record's first leaf is chained to in its tally. */
    public static byte[] tallyStart(String record) {
        MessageDigest sha = sha256();
        sha.update(TALLY_START);
        return sha.digest(record.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code H(0x04 || chain before || leaf hash)}: one leaf more in a record's tally. */
    public static byte[] tally(byte[] before, byte[] leafHash) {
        MessageDigest sha = sha256();
        sha.update(TALLY);
        sha.update(before);
        return sha.digest(leafHash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
