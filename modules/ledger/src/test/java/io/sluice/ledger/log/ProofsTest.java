package io.sluice.ledger.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.kernel.Clause;
import io.sluice.ledger.log.Span.NodeId;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every tree of up to seventy entries, and in each every proof there is, beside the standard's own definitions. */
@Clause("C3")
final class ProofsTest {

    private static final int LARGEST = 70;

    private static final List<byte[]> HASHES = new ArrayList<>();
    /** What a log of that many entries has stored, whatever came later. */
    private static final Map<NodeId, Buffer> NODES = new HashMap<>();

    private static final List<Buffer> ROOTS = new ArrayList<>();

    @BeforeAll
    static void grow() {
        Frontier frontier = Frontier.empty();
        for (int i = 0; i < LARGEST; i++) {
            byte[] hash = NaiveTree.leafHash(("entry " + i).getBytes(StandardCharsets.UTF_8));
            HASHES.add(hash);
            frontier.append(hash, NODES::put);
            ROOTS.add(frontier.root());
        }
    }

    @Test
    void rootsAreThoseOfTheDefinition() {
        for (int size = 1; size <= LARGEST; size++) {
            assertThat(ROOTS.get(size - 1)).as("of %d", size).isEqualTo(root(size));
        }
    }

    @Test
    void storedNodesAreTheFullSubtreesAndNothingElse() {
        NODES.forEach((node, hash) -> assertThat(hash)
                .as("%s", node)
                .isEqualTo(Buffer.buffer(NaiveTree.mth(HASHES.subList(
                        (int) (node.index() << node.level()), (int) ((node.index() + 1) << node.level()))))));
        assertThat(NODES).hasSize(70 + 35 + 17 + 8 + 4 + 2 + 1);
    }

    @Test
    void inclusionIsProvedAsDefinedAndConvincesTheStandardsCheck() {
        for (int size = 1; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = stored(Proofs.inclusion(index, size));
                assertSame(proof, NaiveTree.path(index, HASHES.subList(0, size)));
                assertThat(NaiveTree.isIncluded(
                                HASHES.get(index),
                                index,
                                size,
                                proof,
                                root(size).getBytes()))
                        .as("entry %d of %d", index, size)
                        .isTrue();
                assertSame(
                        Proofs.inclusion(index, HASHES.subList(0, size)).stream()
                                .map(Buffer::getBytes)
                                .toList(),
                        proof);
            }
        }
    }

    @Test
    void aProofOfInclusionWithAnyHashAlteredIsRefused() {
        for (int size = 2; size <= LARGEST; size++) {
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = stored(Proofs.inclusion(index, size));
                byte[] root = root(size).getBytes();
                byte[] leaf = HASHES.get(index);
                for (int at = 0; at < proof.size(); at++) {
                    assertThat(NaiveTree.isIncluded(leaf, index, size, altered(proof, at), root))
                            .as("entry %d of %d, hash %d altered", index, size, at)
                            .isFalse();
                }
                assertThat(NaiveTree.isIncluded(leaf, (index + 1) % size, size, proof, root))
                        .as("entry %d of %d, shown for the next one", index, size)
                        .isFalse();
                assertThat(NaiveTree.isIncluded(leaf, index, size, proof.subList(1, proof.size()), root))
                        .isFalse();
            }
        }
    }

    @Test
    void consistencyIsProvedAsDefinedAndConvincesTheStandardsCheck() {
        for (int to = 1; to <= LARGEST; to++) {
            for (int from = 1; from <= to; from++) {
                List<byte[]> proof = stored(Proofs.consistency(from, to));
                assertSame(proof, NaiveTree.proof(from, HASHES.subList(0, to)));
                assertThat(NaiveTree.isConsistent(from, root(from).getBytes(), to, root(to).getBytes(), proof))
                        .as("%d to %d", from, to)
                        .isTrue();
            }
        }
    }

    @Test
    void aProofOfConsistencyWithAnyHashAlteredIsRefused() {
        for (int to = 2; to <= LARGEST; to++) {
            for (int from = 1; from < to; from++) {
                List<byte[]> proof = stored(Proofs.consistency(from, to));
                byte[] first = root(from).getBytes();
                byte[] second = root(to).getBytes();
                for (int at = 0; at < proof.size(); at++) {
                    assertThat(NaiveTree.isConsistent(from, first, to, second, altered(proof, at)))
                            .as("%d to %d, hash %d altered", from, to, at)
                            .isFalse();
                }
                assertThat(NaiveTree.isConsistent(
                                from, altered(List.of(first), 0).getFirst(), to, second, proof))
                        .as("%d to %d, from another beginning", from, to)
                        .isFalse();
            }
        }
    }

    @Test
    void whatIsNotThereIsNotProved() {
        assertThatThrownBy(() -> Proofs.inclusion(5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proofs.inclusion(-1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proofs.consistency(6, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Proofs.consistency(0, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Buffer root(int size) {
        return Buffer.buffer(NaiveTree.mth(HASHES.subList(0, size)));
    }

    private static List<byte[]> stored(List<Span> spans) {
        return spans.stream()
                .map(span -> span.root(node -> Objects.requireNonNull(NODES.get(node))))
                .map(Buffer::getBytes)
                .toList();
    }

    private static void assertSame(List<byte[]> some, List<byte[]> others) {
        assertThat(some.stream().map(Buffer::buffer).toList())
                .isEqualTo(others.stream().map(Buffer::buffer).toList());
    }

    private static List<byte[]> altered(List<byte[]> proof, int at) {
        List<byte[]> altered = new ArrayList<>(proof);
        byte[] hash = proof.get(at).clone();
        hash[at % hash.length] ^= 1;
        altered.set(at, hash);
        return altered;
    }
}
