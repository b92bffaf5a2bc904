package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.app.config.PolicyConfig;
import io.sluice.app.config.Profile;
import io.sluice.app.node.Lawbook;
import io.sluice.stewardship.policy.LawSignature;
import io.sluice.stewardship.policy.LawSigners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The law that the repository carries, as plain data to be broken. */
final class LawDraft {

    private static final Path POLICIES = Path.of("../../config/policy");
    private static final Path KEY = POLICIES.resolve(PolicyConfig.DEVELOPMENT_KEY);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private LawDraft() {}

    /** A law as plain data, to be changed. */
    record Draft(String file, Map<String, Object> root) {

        static Draft shipped() throws IOException {
            try (Stream<Path> files = Files.list(POLICIES)) {
                Path law = files.filter(file -> file.toString().endsWith(".yaml"))
                        .max(Path::compareTo)
                        .orElseThrow();
                return of(String.valueOf(law.getFileName()), Files.readString(law));
            }
        }

        static Draft of(String file, String text) {
            return new Draft(file, new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
        }

        String text() {
            return new Yaml().dump(root);
        }

        Draft shuffled(Random random) {
            return of(file, new Yaml().dump(shuffled(root, random)));
        }

        private static Object shuffled(Object part, Random random) {
            return switch (part) {
                case Map<?, ?> map -> {
                    List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
                    Collections.shuffle(entries, random);
                    Map<Object, Object> result = new LinkedHashMap<>();
                    // the order of an erasure's steps is the one that has a meaning
                    entries.forEach(entry -> result.put(
                            entry.getKey(),
                            entry.getKey().equals("steps") ? entry.getValue() : shuffled(entry.getValue(), random)));
                    yield result;
                }
                case List<?> list -> {
                    List<Object> result = new ArrayList<>(list);
                    Collections.shuffle(result, random);
                    yield result;
                }
                default -> part;
            };
        }

        Map<String, Object> contract(String address) {
            return at("contracts", address);
        }

        Map<String, Object> agreement(String partner) {
            return at("partners", partner, "agreement");
        }

        Map<String, Object> side(String address, boolean isReply) {
            return isReply ? at(contract(address), "reply") : contract(address);
        }

        /** The mapping at the end of a path. */
        Map<String, Object> at(String... path) {
            Map<String, Object> found = root;
            for (String key : path) {
                found = at(found, key);
            }
            return found;
        }

        @SuppressWarnings("unchecked") // a mapping of the law
        static Map<String, Object> at(Map<String, Object> map, String key) {
            return (Map<String, Object>) Objects.requireNonNull(map.get(key), key);
        }

        @SuppressWarnings("unchecked") // a list of names
        static List<String> list(Map<String, Object> map, String key) {
            return (List<String>) map.getOrDefault(key, List.of());
        }

        static void without(Map<String, Object> map, String key, String value) {
            List<String> rest = new ArrayList<>(list(map, key));
            assertThat(rest.remove(value)).as("%s is there", value).isTrue();
            map.put(key, rest);
        }

        static void with(Map<String, Object> map, String key, String value) {
            List<String> more = new ArrayList<>(list(map, key));
            more.add(value);
            map.put(key, more);
        }

        /** What the start says about this law, signed in a folder of its own; empty if it starts. */
        String said(Path folder) throws IOException {
            Path law = Files.writeString(folder.resolve(file), text());
            assertThat(LawSignature.sign(law, KEY).signer()).isEqualTo(LawSigners.DEVELOPMENT);
            try {
                assertThat(Lawbook.open(new PolicyConfig(folder, Optional.of(KEY)), Profile.DEVELOPMENT, NOW)
                                .published())
                        .hasSize(1);
                return "";
            } catch (IOException stopped) {
                return String.valueOf(stopped.getMessage());
            }
        }
    }

    /** One way to break the law, and what must be said about it. */
    record Mutation(String name, Consumer<Draft> change, List<String> words) {

        DynamicTest test(Path folder) {
            return DynamicTest.dynamicTest(name, () -> {
                Draft draft = Draft.shipped();
                change.accept(draft);
                assertThat(draft.said(folder)).as(name).contains(words);
            });
        }
    }
}
