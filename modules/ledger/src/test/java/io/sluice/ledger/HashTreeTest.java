package io.sluice.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tree's vectors are those of the reference implementation of Certificate Transparency. */
final class HashTreeTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheStandard() {
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 0; i < LEAVES.size(); i++) {
            hashes.add(HashTree.leaf(HEX.parseHex(LEAVES.get(i))));
            assertThat(HEX.formatHex(HashTree.root(hashes))).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void anotherOrderIsAnotherRoot() {
        byte[] one = HashTree.leaf(new byte[] {1});
        byte[] two = HashTree.leaf(new byte[] {2});
        assertThat(HashTree.root(List.of(one, two))).isNotEqualTo(HashTree.root(List.of(two, one)));
    }

    @Test
    void headsAreChainedAsTheReadmeSays() {
        byte[] genesis = Shard.genesis(
                UUID.fromString("0198c1a0-0000-7000-8000-0000000000ff"),
                "node-1",
                "checkout-0",
                Instant.parse("2026-11-23T12:00:00Z"));
        assertThat(HEX.formatHex(genesis))
                .isEqualTo("d950b33c05b38d325d5b256011323659a6bc034b7258eb570e4c5a410b6b2577");
        byte[] root = HEX.parseHex("b619fa65ec230d91ff9f468483000dcc3dc8d536e9d1a855f57cfa4a7089d04e");
        byte[] first = HashTree.head(genesis, root, 0, 0, 1);
        assertThat(HEX.formatHex(first)).isEqualTo("76de7dad18630ff127f3947221ce48f195b41ccdf924539d8e71d02d043acc05");
        assertThat(HEX.formatHex(HashTree.head(first, root, 1, 1, 250)))
                .isEqualTo("e7bcce4e659f1d7cb53308b6959c91a34ba0446938e64b6614f3f728ef92f874");
    }
}
