package io.sluice.load.clause;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.kernel.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Which tests carry a clause, in all modules, and what the latest run of each said. */
final class ClauseTests {

    /** What a test said. A test of many cases has passed if all of them have. */
    enum Result {
        PASSED,
        FAILED,
        SKIPPED,
        NOT_RUN
    }

    /** @param name class and method, as the build's reports spell them */
    record Test(String clause, String name, Result result) {}

    private static final Set<String> TEST_MAKERS = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");

    private final Path repository;

    ClauseTests(Path repository) {
        this.repository = repository;
    }

    /** Every test that carries a clause, by name. */
    List<Test> all() throws IOException {
        List<Path> modules = modules();
        Map<String, Result> results = new LinkedHashMap<>();
        for (Path module : modules) {
            for (String reports : List.of("surefire-reports", "failsafe-reports")) {
                read(module.resolve("target").resolve(reports), results);
            }
        }
        List<Path> classes = modules.stream()
                .map(module -> module.resolve("target").resolve("test-classes"))
                .filter(Files::isDirectory)
                .toList();
        List<Test> tests = new ArrayList<>();
        JavaClasses imported = new ClassFileImporter().importPaths(classes);
        for (JavaClass one : imported) {
            for (JavaMethod method : one.getMethods()) {
                String name = one.getFullName() + "." + method.getName();
                clauses(one, method)
                        .forEach(clause ->
                                tests.add(new Test(clause, name, results.getOrDefault(name, Result.NOT_RUN))));
            }
        }
        tests.sort(java.util.Comparator.comparing(Test::clause).thenComparing(Test::name));
        return tests;
    }

    private static TreeSet<String> clauses(JavaClass owner, JavaMethod method) {
        TreeSet<String> clauses = new TreeSet<>();
        method.tryGetAnnotationOfType(Clause.class).ifPresent(clause -> clauses.addAll(List.of(clause.value())));
        if (method.getAnnotations().stream().anyMatch(ClauseTests::makesATest)) {
            owner.tryGetAnnotationOfType(Clause.class).ifPresent(clause -> clauses.addAll(List.of(clause.value())));
        }
        return clauses;
    }

    private static boolean makesATest(JavaAnnotation<?> annotation) {
        return TEST_MAKERS.contains(annotation.getRawType().getSimpleName());
    }

    private List<Path> modules() throws IOException {
        try (Stream<Path> rooms = Files.list(repository.resolve("modules"))) {
            return Stream.concat(rooms, Stream.of(repository.resolve("load-tests")))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path folder, Map<String, Result> results) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".xml")
                            && one.getFileName().toString().startsWith("TEST-"))
                    .sorted()
                    .toList()) {
                cases(file, results);
            }
        }
    }

    private static void cases(Path file, Map<String, Result> results) throws IOException {
        try {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                Element one = (Element) cases.item(i);
                // cases of a parameterized test are told apart by what follows their method's name
                String method = one.getAttribute("name").split("[({\\[ ]", 2)[0];
                results.merge(one.getAttribute("classname") + "." + method, result(one), ClauseTests::worse);
            }
        } catch (ParserConfigurationException | SAXException broken) {
            throw new IOException(file + " cannot be read", broken);
        }
    }

    private static Result result(Element one) {
        if (one.getElementsByTagName("failure").getLength() > 0
                || one.getElementsByTagName("error").getLength() > 0) {
            return Result.FAILED;
        }
        return one.getElementsByTagName("skipped").getLength() > 0 ? Result.SKIPPED : Result.PASSED;
    }

    private static Result worse(Result one, Result other) {
        if (one == Result.FAILED || other == Result.FAILED) {
            return Result.FAILED;
        }
        return one == Result.PASSED ? other : one;
    }
}
