package io.sluice.vault.keystore;

import io.sluice.vault.KekEpoch;
import io.sluice.vault.KeyedHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a keystore holds at one time, and its plain bytes: parts by name. A part that this program does not know, because a newer
 * one has written it, is kept as it is. They are nowhere but in memory: see {@link KeystoreForm}.
 */
final class KeyMaterial {

    private static final String KEKS = "keks";
    private static final String HASH_ROOT = "hash-root";
    private static final String TOKEN_SIGNING = "token-signing";
    private static final int KEY = 32;
    private static final int MOST = 10_000;

    private final SortedMap<Integer, Kek> keks = new TreeMap<>();
    private final byte[] hashRoot;
    private final List<SigningKeyPair> signing;
    private final SortedMap<String, byte[]> others;

    /** The key-encryption key of one epoch. */
    static final class Kek {
        private final Instant madeAt;
        private final byte[] key;

        private Kek(Instant madeAt, byte[] key) {
            this.madeAt = madeAt;
            this.key = key;
        }

        byte[] key() {
            return key;
        }
    }

    private KeyMaterial(byte[] hashRoot, List<SigningKeyPair> signing, SortedMap<String, byte[]> others) {
        this.hashRoot = hashRoot;
        this.signing = List.copyOf(signing);
        this.others = others;
    }

    /** The first key of everything. */
    static KeyMaterial generate(SecureRandom random, Instant now) {
        KeyMaterial made = new KeyMaterial(newKey(random), List.of(SigningKeyPair.generate()), new TreeMap<>());
        made.keks.put(1, new Kek(now, newKey(random)));
        return made;
    }

    private static byte[] newKey(SecureRandom random) {
        byte[] key = new byte[KEY];
        random.nextBytes(key);
        return key;
    }

    /** The same with a key for one more epoch. */
    KeyMaterial turned(SecureRandom random, Instant now) {
        KeyMaterial next = new KeyMaterial(hashRoot, signing, others);
        next.keks.putAll(keks);
        next.keks.put(keks.lastKey() + 1, new Kek(now, newKey(random)));
        return next;
    }

    /** The same without the keys of this epoch and those before it. */
    KeyMaterial without(int through) {
        KeyMaterial rest = new KeyMaterial(hashRoot, signing, others);
        rest.keks.putAll(keks.tailMap(through + 1));
        return rest;
    }

    /** Key-encryption keys by epoch; the last one is current. */
    SortedMap<Integer, Kek> keks() {
        return keks;
    }

    List<KekEpoch> epochs() {
        return keks.entrySet().stream()
                .map(each -> new KekEpoch(each.getKey(), each.getValue().madeAt))
                .toList();
    }

    /** The newest, which signs, first. */
    List<SigningKeyPair> signing() {
        return signing;
    }

    KeyedHash keyedHash(HashUse use) {
        return new KeyedHash(new KeyedHash(hashRoot).of(use.label().getBytes(StandardCharsets.UTF_8)));
    }

    byte[] encode() {
        SortedMap<String, byte[]> parts = new TreeMap<>(others);
        parts.put(HASH_ROOT, hashRoot);
        parts.put(KEKS, bytes(out -> {
            out.writeInt(keks.size());
            for (var each : keks.entrySet()) {
                out.writeInt(each.getKey());
                out.writeLong(each.getValue().madeAt.toEpochMilli());
                write(out, each.getValue().key);
            }
        }));
        parts.put(TOKEN_SIGNING, bytes(out -> {
            out.writeInt(signing.size());
            for (SigningKeyPair pair : signing) {
                write(out, pair.privateKey().getEncoded());
            }
        }));
        byte[] all = bytes(out -> {
            out.writeInt(parts.size());
            for (var part : parts.entrySet()) {
                out.writeUTF(part.getKey());
                write(out, part.getValue());
            }
        });
        parts.forEach((name, part) -> {
            if (part != hashRoot && part != others.get(name)) {
                Arrays.fill(part, (byte) 0);
            }
        });
        return all;
    }

    /** @throws IOException if these are not the bytes of key material that can be used */
    static KeyMaterial decode(byte[] bytes) throws IOException {
        SortedMap<String, byte[]> parts = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int rest = count(in); rest > 0; rest--) {
                parts.put(in.readUTF(), read(in, -1));
            }
            requireEnd(in);
        }
        byte[] hashRoot = part(parts, HASH_ROOT);
        byte[] keks = part(parts, KEKS);
        byte[] signing = part(parts, TOKEN_SIGNING);
        if (hashRoot.length != KEY) {
            throw new IOException("a key of impossible length");
        }
        KeyMaterial material = new KeyMaterial(hashRoot, pairs(signing), parts);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(keks))) {
            for (int rest = count(in); rest > 0; rest--) {
                material.keks.put(in.readInt(), new Kek(Instant.ofEpochMilli(in.readLong()), read(in, KEY)));
            }
            requireEnd(in);
        }
        return material;
    }

    /** Key material of the first form: no times, no names. Its epoch is as old as can be, and turns at once. */
    static KeyMaterial decodeFirstForm(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            SortedMap<Integer, byte[]> keks = new TreeMap<>();
            for (int rest = count(in); rest > 0; rest--) {
                keks.put(in.readInt(), read(in, KEY));
            }
            byte[] hashRoot = read(in, KEY);
            KeyMaterial material = new KeyMaterial(hashRoot, pairs(in.readAllBytes()), new TreeMap<>());
            keks.forEach((epoch, key) -> material.keks.put(epoch, new Kek(Instant.EPOCH, key)));
            return material;
        }
    }

    private static List<SigningKeyPair> pairs(byte[] bytes) throws IOException {
        List<SigningKeyPair> pairs = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            for (int rest = count(in); rest > 0; rest--) {
                pairs.add(SigningKeyPair.decode(read(in, -1)));
            }
            requireEnd(in);
        } catch (GeneralSecurityException notAKey) {
            throw new IOException("a signing key that is none", notAKey);
        }
        return pairs;
    }

    private static byte[] part(SortedMap<String, byte[]> parts, String name) throws IOException {
        byte[] part = parts.remove(name);
        if (part == null) {
            throw new IOException("a keystore without " + name);
        }
        return part;
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] key) throws IOException {
        out.writeInt(key.length);
        out.write(key);
    }

    private static byte[] read(DataInputStream in, int expected) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > in.available() || expected > 0 && length != expected) {
            throw new IOException("a key of impossible length");
        }
        byte[] key = new byte[length];
        in.readFully(key);
        return key;
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 1 || count > MOST) {
            throw new IOException("an impossible number of keys");
        }
        return count;
    }

    private static void requireEnd(DataInputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("more than a keystore holds");
        }
    }
}
