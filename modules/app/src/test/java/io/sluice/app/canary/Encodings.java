package io.sluice.app.canary;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** All the ways in which a text may lie about without looking like itself. */
final class Encodings {

    private static final HexFormat UPPER = HexFormat.of().withUpperCase();

    private final Map<String, byte[]> forms = new LinkedHashMap<>();

    private Encodings() {}

    /** By its name each form of each of the canary's marks, and plain hashes of the whole: for an e-mail address these are as good. */
    static Map<String, byte[]> of(Canary canary) {
        Encodings encodings = new Encodings();
        for (int i = 0; i < canary.marks().size(); i++) {
            String mark = canary.marks().get(i);
            String which = i == 0 ? "" : "mark " + (i + 1) + " ";
            encodings.cased(which, mark);
            encodings.cased(
                    which + "reversed ", new StringBuilder(mark).reverse().toString());
        }
        if (canary.planted().length() > 2) {
            encodings.digests(canary.planted());
        }
        return encodings.forms;
    }

    private void cased(String prefix, String text) {
        encoded(prefix, text);
        encoded(prefix + "lower-case ", text.toLowerCase(Locale.ROOT));
        encoded(prefix + "upper-case ", text.toUpperCase(Locale.ROOT));
    }

    private void encoded(String prefix, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        add(prefix + "plain", utf8);
        add(prefix + "Latin-1", text.getBytes(StandardCharsets.ISO_8859_1));
        add(prefix + "UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        add(prefix + "UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        add(prefix + "hex", ascii(HexFormat.of().formatHex(utf8)));
        add(prefix + "HEX", ascii(UPPER.formatHex(utf8)));
        add(prefix + "URL-escaped", ascii(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        add(prefix + "URL-escaped, every byte", ascii(escaped(utf8, UPPER)));
        add(prefix + "URL-escaped, every byte, lower", ascii(escaped(utf8, HexFormat.of())));
        add(prefix + "JSON-escaped", ascii(escaped(text, "\\u%04x")));
        add(prefix + "JSON-escaped, upper", ascii(escaped(text, "\\u%04X")));
        for (int shift = 0; shift < 3; shift++) {
            add(prefix + "base64 at " + shift, ascii(base64(utf8, shift, Base64.getEncoder())));
            add(prefix + "base64url at " + shift, ascii(base64(utf8, shift, Base64.getUrlEncoder())));
        }
    }

    private void digests(String whole) {
        Map<String, byte[]> texts = new TreeMap<>();
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
            texts.put("of " + charset, whole.getBytes(charset));
            texts.put("of lower-case " + charset, whole.toLowerCase(Locale.ROOT).getBytes(charset));
        }
        texts.forEach((of, bytes) -> {
            for (String algorithm : List.of("MD5", "SHA-1", "SHA-256", "SHA-512")) {
                byte[] hash = digest(algorithm, bytes);
                add(algorithm + " " + of, hash);
                add(algorithm + " hex " + of, ascii(HexFormat.of().formatHex(hash)));
                add(algorithm + " base64 " + of, ascii(base64(hash, 0, Base64.getEncoder())));
                add(algorithm + " base64url " + of, ascii(base64(hash, 0, Base64.getUrlEncoder())));
            }
        });
    }

    private void add(String name, byte[] form) {
        if (forms.values().stream().noneMatch(known -> Arrays.equals(known, form))) {
            forms.put(name, form);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String escaped(byte[] bytes, HexFormat hex) {
        return hex.withPrefix("%").formatHex(bytes);
    }

    private static String escaped(String text, String format) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(each -> escaped.append(String.format(Locale.ROOT, format, each)));
        return escaped.toString();
    }

    /** What base64 makes of the bytes within a longer text, so many bytes after a multiple of three: only what no neighbour changes. */
    private static String base64(byte[] bytes, int shift, Base64.Encoder encoder) {
        ByteArrayOutputStream shifted = new ByteArrayOutputStream();
        shifted.write(new byte[shift], 0, shift);
        shifted.write(bytes, 0, bytes.length);
        int from = (shift * 8 + 5) / 6;
        int to = (shift + bytes.length) * 8 / 6;
        return encoder.encodeToString(shifted.toByteArray()).substring(from, to);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    /** As {@link #of(Canary)}, for many. */
    static List<Form> of(Iterable<Canary> canaries) {
        List<Form> all = new ArrayList<>();
        canaries.forEach(canary -> of(canary).forEach((name, bytes) -> all.add(new Form(canary, name, bytes))));
        return all;
    }

    /** One canary in one encoding. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Form(Canary canary, String encoding, byte[] bytes) {}
}
