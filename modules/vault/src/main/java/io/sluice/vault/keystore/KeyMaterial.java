package io.sluice.vault.keystore;

import io.sluice.vault.KeyedHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a keystore holds, and its plain bytes. They are nowhere but in memory: see {@link KeystoreForm}. */
final class KeyMaterial {

    private static final int KEY = 32;
    private static final int MOST = 10_000;

    private final SortedMap<Integer, byte[]> keks = new TreeMap<>();
    private final byte[] hashRoot;
    private final List<SigningKeyPair> signing = new ArrayList<>();

    private KeyMaterial(byte[] hashRoot) {
        this.hashRoot = hashRoot;
    }

    /** The first key of everything. */
    static KeyMaterial generate(SecureRandom random) {
        byte[] root = new byte[KEY];
        random.nextBytes(root);
        byte[] kek = new byte[KEY];
        random.nextBytes(kek);
        KeyMaterial made = new KeyMaterial(root);
        made.keks.put(1, kek);
        made.signing.add(SigningKeyPair.generate());
        return made;
    }

    /** Key-encryption keys by epoch; the last one is current. */
    SortedMap<Integer, byte[]> keks() {
        return keks;
    }

    /** The newest, which signs, first. */
    List<SigningKeyPair> signing() {
        return signing;
    }

    KeyedHash keyedHash(HashUse use) {
        return new KeyedHash(new KeyedHash(hashRoot).of(use.label().getBytes(StandardCharsets.UTF_8)));
    }

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(keks.size());
            for (var each : keks.entrySet()) {
                out.writeInt(each.getKey());
                write(out, each.getValue());
            }
            write(out, hashRoot);
            out.writeInt(signing.size());
            for (SigningKeyPair pair : signing) {
                write(out, pair.privateKey().getEncoded());
            }
        } catch (IOException impossible) {
            throw new IllegalStateException("writing to memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException if these are not the bytes of key material that can be used */
    static KeyMaterial decode(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            SortedMap<Integer, byte[]> keks = new TreeMap<>();
            for (int rest = count(in); rest > 0; rest--) {
                keks.put(in.readInt(), read(in, KEY));
            }
            KeyMaterial material = new KeyMaterial(read(in, KEY));
            material.keks.putAll(keks);
            for (int rest = count(in); rest > 0; rest--) {
                material.signing.add(SigningKeyPair.decode(read(in, -1)));
            }
            if (in.read() >= 0) {
                throw new IOException("more than a keystore holds");
            }
            return material;
        } catch (GeneralSecurityException notAKey) {
            throw new IOException("a signing key that is none", notAKey);
        }
    }

    private static void write(DataOutputStream out, byte[] key) throws IOException {
        out.writeInt(key.length);
        out.write(key);
    }

    private static byte[] read(DataInputStream in, int expected) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > MOST || expected > 0 && length != expected) {
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
}
