package io.sluice.app.receipt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Whether a receipt holds: it is this order's, the head is signed, every leaf and the tally lead up to it, and the tally counts
 * exactly these leaves.
 *
 * <p>What a receipt alone cannot show: that its key is the shop's (a kept head does), and that its tally is the order's newest
 * under that head. An earlier receipt with a higher count would show that it is not, and so does the check of the whole ledger,
 * which finds every tally.
 */
public final class ReceiptCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final List<String> problems = new ArrayList<>();

    /**
     * What was found.
     *
     * @param key id of the key that has signed
     * @param time at which it has
     * @param problems none if the receipt holds
     * @param isPinned whether the head itself is among those that were kept, and not the key alone
     */
    public record Result(String order, int leaves, String key, String time, List<String> problems, boolean isPinned) {
        public boolean holds() {
            return problems.isEmpty();
        }
    }

    private ReceiptCheck() {}

    /**
     * Checks one receipt.
     *
     * @param kept heads that were kept, one a line: as the API tells them, or as a second sink keeps them; may be none
     */
    public static Result check(String receipt, List<String> kept) {
        ReceiptCheck check = new ReceiptCheck();
        try {
            return check.checked(read(receipt), kept);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            check.problems.add("this is no receipt: " + unreadable.getMessage());
            return new Result("?", 0, "?", "?", List.copyOf(check.problems), false);
        }
    }

    /**
     * The lines of a file of heads that were kept. A last one without its end is left out if it cannot be read: it may be under way.
     */
    public static List<String> kept(String file) {
        List<String> lines =
                new ArrayList<>(file.lines().filter(line -> !line.isBlank()).toList());
        if (!file.endsWith("\n") && lines.size() > 1 && !isObject(lines.getLast())) {
            lines.removeLast();
        }
        return lines;
    }

    private static boolean isObject(String line) {
        try {
            return read(line).isObject();
        } catch (JsonProcessingException cutShort) {
            return false;
        }
    }

    private static JsonNode read(String json) throws JsonProcessingException {
        return JSON.readTree(json);
    }

    private Result checked(JsonNode receipt, List<String> kept) throws JsonProcessingException {
        JsonNode signed = receipt.required("head");
        JsonNode head = signed.required("head");
        String key = head(signed);
        boolean isPinned = pinned(signed, kept);
        JsonNode leaves = receipt.required("leaves");
        String record = receipt.required("record").textValue();
        String order = receipt.required("order").textValue();
        byte[] salt = Hashes.decoded(receipt.required("salt"));
        must(Hashes.record(salt, UUID.fromString(order)).equals(record), "the record is not that of order " + order);
        byte[] chain = Hashes.chainStart(record);
        for (int i = 0; i < leaves.size(); i++) {
            JsonNode leaf = leaves.get(i).required("leaf");
            byte[] hash = Hashes.leaf(Canonical.bytes(leaf));
            JsonNode entry = included("leaf " + i, hash, leaves.get(i).required("inclusion"), head, "batch");
            long index =
                    leaves.get(i).required("inclusion").get(0).required("index").longValue();
            must(
                    leaf.required("n").longValue() == entry.required("first_n").longValue() + index,
                    "leaf " + i + " does not stand where its number says");
            must(record.equals(leaf.required("record").textValue()), "leaf " + i + " names another record");
            chain = Hashes.chained(chain, hash);
        }
        must(
                receipt.required("count").longValue() == leaves.size(),
                "the receipt says " + receipt.required("count") + " leaves and holds " + leaves.size());
        tally(receipt, record, leaves.size(), chain, head);
        return new Result(
                order, leaves.size(), key, head.required("time").textValue(), List.copyOf(problems), isPinned);
    }

    private String head(JsonNode signed) {
        byte[] publicKey = Hashes.decoded(signed.required("public_key"));
        String id = Hashes.keyId(publicKey);
        must(
                id.equals(signed.required("key").textValue())
                        && id.equals(signed.required("head").required("key").textValue()),
                "the head names another key than the one it comes with");
        must(
                Hashes.isSigned(
                        publicKey,
                        Canonical.bytes(signed.required("head")),
                        Hashes.decoded(signed.required("signature"))),
                "the head is not signed by its key");
        return id;
    }

    /** Whether the very head was kept. One of another key, or of this size and another root, contradicts the receipt. */
    private boolean pinned(JsonNode signed, List<String> kept) throws JsonProcessingException {
        boolean isPinned = false;
        JsonNode head = signed.required("head");
        for (String line : kept) {
            JsonNode whole = read(line);
            if (whole.has("kind") && !"ledger.head".equals(whole.get("kind").textValue())) {
                continue;
            }
            JsonNode other = whole.has("kind") ? whole.required("data") : whole;
            JsonNode otherHead = other.required("head");
            must(
                    other.required("public_key").equals(signed.required("public_key")),
                    "a kept head is signed by another key");
            must(otherHead.required("log").equals(head.required("log")), "a kept head is another log's");
            if (otherHead.required("size").equals(head.required("size"))) {
                must(
                        otherHead.required("root").equals(head.required("root")),
                        "a kept head of this size is another one: the log was rewritten, or shown differently to you");
                isPinned = true;
            }
        }
        return isPinned;
    }

    private void tally(JsonNode receipt, String record, int count, byte[] chain, JsonNode head) {
        if (!receipt.has("tally")) {
            must(false, "no tally says how many leaves there are");
            return;
        }
        JsonNode tally = receipt.get("tally").required("tally");
        JsonNode ignored = included(
                "the tally",
                Hashes.leaf(Canonical.bytes(tally)),
                receipt.get("tally").required("inclusion"),
                head,
                "tallies");
        must(!ignored.isMissingNode(), "the tally is in no entry");
        must(record.equals(tally.required("record").textValue()), "the tally is another record's");
        must(
                tally.required("count").longValue() == count,
                "the tally counts " + tally.required("count") + " leaves, and there are " + count);
        must(
                Arrays.equals(Hashes.decoded(tally.required("chain")), chain),
                "the tally counts other leaves than these, or in another order");
    }

    /** The entry in which something is, held against the head. */
    private JsonNode included(String what, byte[] hash, JsonNode inclusion, JsonNode head, String kind) {
        JsonNode first = inclusion.required(0);
        JsonNode second = inclusion.required(1);
        JsonNode entry = first.required("entry");
        must(kind.equals(entry.required("kind").textValue()), what + " is in an entry of another kind");
        must(entry.required("count").equals(first.required("size")), what + " is in an entry of another size");
        must(leadsTo(hash, first, entry.required("root")), what + " does not lead to its entry");
        must(second.required("size").equals(head.required("size")), what + " leads to another head");
        must(
                leadsTo(Hashes.leaf(Canonical.bytes(entry)), second, head.required("root")),
                what + " is in an entry that does not lead to the head");
        return entry;
    }

    private static boolean leadsTo(byte[] hash, JsonNode step, JsonNode root) {
        Optional<byte[]> reached = Hashes.root(
                hash, step.required("index").longValue(), step.required("size").longValue(), step.required("path"));
        return reached.isPresent() && Arrays.equals(reached.get(), Hashes.decoded(root));
    }

    private void must(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
