package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.LawDraft.Draft;
import io.sluice.app.LawDraft.Mutation;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Purpose;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawDiff;
import io.sluice.stewardship.policy.LawFile;
import io.sluice.stewardship.policy.LawInvalid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks every contract and every agreement of the law that the repository carries in every way in which it can be broken, and
 * reads what the start would say: it must name the address, and the field or word that is wrong.
 */
class LawMutationTest {

    @TempDir
    static Path folder;

    @TestFactory
    @Clause({"C1", "C5"})
    Stream<DynamicTest> everyWayToBreakAContractStopsTheStartAndIsNamed() throws IOException {
        List<Mutation> mutations = mutations(Draft.shipped());
        assertThat(mutations).as("ways to break it").hasSizeGreaterThan(200);
        return mutations.stream().map(mutation -> mutation.test(folder));
    }

    @TestFactory
    @Clause({"E4", "D7"})
    Stream<DynamicTest> everyWayToBreakADeadlineOrAHoldStopsTheStartAndIsNamed() throws IOException {
        List<Mutation> mutations = LawPartMutations.of(Draft.shipped());
        assertThat(mutations).as("ways to break it").hasSizeGreaterThan(200);
        return mutations.stream().map(mutation -> mutation.test(folder));
    }

    @TestFactory
    @Clause("B7")
    Stream<DynamicTest> everyWayToBreakADisplayStopsTheStartAndIsNamed() throws IOException {
        List<Mutation> mutations = LawDisplayMutations.of(Draft.shipped());
        assertThat(mutations).as("ways to break it").hasSizeGreaterThan(90);
        return mutations.stream().map(mutation -> mutation.test(folder));
    }

    @TestFactory
    Stream<DynamicTest> theLawItselfPassesAsData() throws IOException {
        Draft shipped = Draft.shipped();
        return Stream.of(DynamicTest.dynamicTest(
                "unbroken", () -> assertThat(shipped.said(folder)).isEmpty()));
    }

    @Test
    void theOrderOfRulesDoesNotMatter() throws IOException, LawInvalid {
        Draft shipped = Draft.shipped();
        String name = shipped.file();
        Law law = LawFile.alone(name, shipped.text());
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            Draft shuffled = shipped.shuffled(random);
            assertThat(LawDiff.between(law, LawFile.alone(name, shuffled.text())))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(shuffled.said(folder)).as("seed %d", seed).isEmpty();
        }
    }

    private static List<Mutation> mutations(Draft law) {
        List<Mutation> mutations = new ArrayList<>();
        for (String address : Draft.at(law.root(), "contracts").keySet()) {
            whole(mutations, address);
            purposes(mutations, law, address);
            effect(mutations, law, address);
            for (boolean isReply : List.of(false, true)) {
                if (!isReply || law.contract(address).containsKey("reply")) {
                    fields(mutations, law, address, isReply);
                }
            }
        }
        for (String partner : Draft.at(law.root(), "partners").keySet()) {
            agreements(mutations, law, partner);
        }
        return mutations;
    }

    private static void whole(List<Mutation> mutations, String address) {
        mutations.add(new Mutation(
                address + " has no contract",
                draft -> Draft.at(draft.root(), "contracts").remove(address),
                List.of(address + ": has no contract in the law")));
        mutations.add(new Mutation(
                address + " is called otherwise",
                draft -> {
                    Map<String, Object> contracts = Draft.at(draft.root(), "contracts");
                    contracts.put(address + ".x", contracts.remove(address));
                },
                List.of(
                        address + ": has no contract in the law",
                        address + ".x: the law has a contract for it, the code has no such address")));
        mutations.add(new Mutation(
                address + " says a word that nobody knows",
                draft -> draft.contract(address).put("sells", "everything"),
                List.of("contracts › " + address + " › sells is not known")));
    }

    private static void purposes(List<Mutation> mutations, Draft law, String address) {
        String own = (String) law.contract(address).get("purpose");
        for (Purpose other : Purpose.values()) {
            if (!other.id().equals(own)) {
                mutations.add(new Mutation(
                        address + " is for " + other.id(),
                        draft -> draft.contract(address).put("purpose", other.id()),
                        // caught by the purpose, or before that by a field that the other purpose does not admit
                        List.of(address, other.id())));
            }
        }
        mutations.add(new Mutation(
                address + " is for advertising",
                draft -> draft.contract(address).put("purpose", "advertising"),
                List.of("contracts › " + address + " › purpose should be one of the closed list of purposes")));
        mutations.add(new Mutation(
                address + " has no purpose",
                draft -> draft.contract(address).remove("purpose"),
                List.of("contracts › " + address + " › purpose is missing")));
    }

    private static void effect(List<Mutation> mutations, Draft law, String address) {
        boolean isOutside = law.contract(address).containsKey("partner");
        if (isOutside) {
            boolean tells = "always".equals(law.contract(address).get("log"));
            mutations.add(new Mutation(
                    address + " names no partner",
                    draft -> draft.contract(address).remove("partner"),
                    List.of(
                            tells
                                    ? address + " › log is always, but only what goes to a partner tells"
                                    : address + ": goes outside, and its contract names no partner")));
            mutations.add(new Mutation(
                    address + " names a partner without an agreement",
                    draft -> draft.contract(address).put("partner", "stranger"),
                    List.of(address + ": partner stranger has no agreement")));
            mutations.add(new Mutation(
                    address + " is logged with its effect",
                    draft -> draft.contract(address).put("log", "rides"),
                    List.of("contracts › " + address + " › log rides, but what goes to a partner is logged before")));
            mutations.add(
                    new Mutation(
                            address + (tells ? " is logged only with personal fields" : " is logged without them"),
                            draft -> draft.contract(address).put("log", tells ? "before" : "always"),
                            List.of(
                                    tells
                                            ? address + ": tells of persons, and its contract does not always log it"
                                            : address
                                                    + ": is always logged by contract, and the code does not tell of persons")));
        } else {
            mutations.add(new Mutation(
                    address + " is logged always",
                    draft -> draft.contract(address).put("log", "always"),
                    List.of("contracts › " + address + " › log is always, but only what goes to a partner tells")));
            mutations.add(new Mutation(
                    address + " names a partner",
                    draft -> {
                        draft.contract(address).put("partner", "sandbox-carrier");
                        draft.contract(address).remove("log");
                    },
                    List.of(address + ": stays inside, and its contract names partner sandbox-carrier")));
            if (!"rides".equals(law.contract(address).get("log"))) {
                mutations.add(new Mutation(
                        address + " is logged with an effect that it does not commit",
                        draft -> draft.contract(address).put("log", "rides"),
                        List.of(address + ": its leaf rides by contract, and the code commits none")));
            }
        }
    }

    private static void fields(List<Mutation> mutations, Draft law, String address, boolean isReply) {
        String where = isReply ? " in its answer" : "";
        for (String kind : List.of("reads", "opens", "carries")) {
            for (String field : Draft.list(law.side(address, isReply), kind)) {
                mutations.add(new Mutation(
                        address + where + " no longer " + kind + " " + field,
                        draft -> Draft.without(draft.side(address, isReply), kind, field),
                        List.of(address + ": " + kind + where, field, "which its contract does not allow")));
                String other = kind.equals("reads") ? "opens" : "reads";
                mutations.add(new Mutation(
                        address + where + " " + other + " " + field,
                        draft -> {
                            Draft.without(draft.side(address, isReply), kind, field);
                            Draft.with(draft.side(address, isReply), other, field);
                        },
                        List.of(address + ": " + (kind.equals("reads") ? "opens or carries" : "reads"), field)));
                mutations.add(new Mutation(
                        address + where + " " + kind + " a field that nobody catalogued instead of " + field,
                        draft -> {
                            Draft.without(draft.side(address, isReply), kind, field);
                            Draft.with(draft.side(address, isReply), kind, "no.such");
                        },
                        List.of("contracts › " + address, kind + " should be a field that the code knows")));
            }
        }
    }

    private static void agreements(List<Mutation> mutations, Draft law, String partner) {
        mutations.add(new Mutation(
                partner + " has no agreement",
                draft -> Draft.at(draft.root(), "partners").remove(partner),
                List.of("partner " + partner + " has no agreement")));
        mutations.add(new Mutation(
                partner + "'s agreement has ended",
                draft -> draft.agreement(partner).put("valid_until", "2026-11-24T12:00:00Z"),
                List.of("the agreement with " + partner + " is not valid now")));
        mutations.add(new Mutation(
                partner + "'s agreement has not begun",
                draft -> draft.agreement(partner).put("valid_from", "2026-11-24T12:00:01Z"),
                List.of("the agreement with " + partner + " is not valid now")));
        for (String word : List.of("region", "valid_from", "valid_until")) {
            mutations.add(new Mutation(
                    partner + "'s agreement does not say " + word,
                    draft -> draft.agreement(partner).remove(word),
                    List.of("partners › " + partner + " › agreement › " + word + " is missing")));
        }
        for (String purpose : Draft.list(law.agreement(partner), "purposes")) {
            mutations.add(new Mutation(
                    partner + "'s agreement does not cover " + purpose,
                    draft -> Draft.without(draft.agreement(partner), "purposes", purpose),
                    List.of("the agreement with " + partner + " does not cover purpose " + purpose)));
        }
        for (String field : Draft.list(law.agreement(partner), "fields")) {
            mutations.add(new Mutation(
                    partner + "'s agreement does not name " + field,
                    draft -> Draft.without(draft.agreement(partner), "fields", field),
                    List.of(field, "to " + partner + ", which the agreement does not name")));
        }
    }
}
