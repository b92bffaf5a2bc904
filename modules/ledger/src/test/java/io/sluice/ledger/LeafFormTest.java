package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.kernel.PrivacyRefusal;
import io.sluice.kernel.SubjectId;
import io.sluice.kernel.Use;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The vectors were computed by another program: {@code json.dumps(sort_keys=True, separators=(',', ':'))} and SHA-256. */
final class LeafFormTest {

    private final LeafForm form = new LeafForm(Uses.CATALOGUE, Uses.pseudonyms(), "node-1");

    @Test
    void leavesAreThoseOfTheVectors() throws IOException {
        String strange = "no \"such\"\\\t\u001b é 🏠";
        Instant before1970 = Instant.parse("1969-12-31T23:59:59.999Z");
        List<byte[]> leaves = List.of(
                form.leaf(Uses.disclosure("sandbox")).bytes(0),
                form.leaf(Uses.inside()).bytes(41),
                form.leaf(Uses.refusal(strange, PrivacyRefusal.NO_CONTRACT, before1970))
                        .bytes((1L << 53) - 1));
        List<JsonObject> vectors = vectors();
        assertThat(vectors).hasSameSizeAs(leaves);
        for (int i = 0; i < leaves.size(); i++) {
            JsonObject vector = vectors.get(i);
            assertThat(new String(leaves.get(i), StandardCharsets.UTF_8))
                    .as(vector.getString("what"))
                    .isEqualTo(vector.getString("leaf"));
            assertThat(HexFormat.of().formatHex(HashTree.leaf(leaves.get(i)))).isEqualTo(vector.getString("hash"));
        }
    }

    @Test
    void aLeafNamesNobody() {
        String leaf = new String(form.leaf(Uses.disclosure("sandbox")).bytes(0), StandardCharsets.UTF_8);
        assertThat(leaf)
                .doesNotContain(Uses.ADA.toString())
                .doesNotContain(Uses.BO.toString())
                .doesNotContain(Uses.ORDER.toString());
    }

    @Test
    void aPersonIsTheSameEachTimeAndNoOtherAndNoRecord() {
        Pseudonyms pseudonyms = Uses.pseudonyms();
        assertThat(pseudonyms.subject(Uses.ADA))
                .isEqualTo(pseudonyms.subject(Uses.ADA))
                .hasSize(22);
        assertThat(pseudonyms.subject(Uses.ADA))
                .isNotEqualTo(pseudonyms.subject(Uses.BO))
                .isNotEqualTo(pseudonyms.record(Uses.ADA.value()));
        assertThat(pseudonyms.record(Uses.ORDER)).isNotEqualTo(pseudonyms.subject(new SubjectId(Uses.ORDER)));
    }

    @Test
    void aRecordsSaltShowsThatItsPseudonymIsItsOwn() {
        Pseudonyms pseudonyms = Uses.pseudonyms();
        byte[] salt = pseudonyms.salt(Uses.ORDER);
        assertThat(salt).hasSize(32).isNotEqualTo(pseudonyms.salt(Uses.ADA.value()));
        assertThat(Base64.getUrlDecoder().decode(pseudonyms.record(Uses.ORDER)))
                .isEqualTo(Arrays.copyOf(HashTree.record(salt, Uses.ORDER), 16))
                .isNotEqualTo(Arrays.copyOf(HashTree.record(salt, Uses.ADA.value()), 16));
    }

    @Test
    void onlyAPermittedDeliveryToAPartnerIsADisclosure() {
        Use made = Uses.disclosure("sandbox");
        Use refused = new Use(
                made.time(),
                made.buyer(),
                made.addressee(),
                made.record(),
                made.purpose(),
                made.contract(),
                made.policyVersion(),
                made.receiver(),
                made.isDisclosure(),
                made.opened(),
                made.carried(),
                PrivacyRefusal.SUBJECT_ERASED.code(),
                List.of());
        assertThat(LeafKind.of(made)).isEqualTo(LeafKind.DISCLOSURE);
        assertThat(LeafKind.of(refused)).isEqualTo(LeafKind.REFUSAL);
        assertThat(LeafKind.of(Uses.inside())).isEqualTo(LeafKind.USE);
    }

    private static List<JsonObject> vectors() throws IOException {
        try (InputStream in = Objects.requireNonNull(LeafFormTest.class.getResourceAsStream("leaves-v1.ndjson"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(JsonObject::new)
                    .toList();
        }
    }
}
