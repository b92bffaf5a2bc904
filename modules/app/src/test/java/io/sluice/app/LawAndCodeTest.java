package io.sluice.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sluice.commerce.api.CommerceFields;
import io.sluice.guard.Address;
import io.sluice.kernel.Catalogue;
import io.sluice.kernel.Clause;
import io.sluice.kernel.Contract;
import io.sluice.kernel.Declared;
import io.sluice.kernel.Field;
import io.sluice.kernel.PolicyCheck;
import io.sluice.stewardship.api.StewardshipFields;
import io.sluice.stewardship.policy.Law;
import io.sluice.stewardship.policy.LawFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The law that the repository carries, held against every address that the code declares, wherever it declares it. */
class LawAndCodeTest {

    private static final Path POLICIES = Path.of("../../config/policy");

    private static final Catalogue CATALOGUE =
            Catalogue.of(Stream.<Field<?>>concat(CommerceFields.ALL.stream(), StewardshipFields.ALL.stream())
                    .toList());

    @Test
    @Clause("C1")
    void theLawInForceCoversEveryAddressOfTheCodeAndNoOther() throws Exception {
        Law law = law();

        List<String> findings =
                PolicyCheck.findings(law.policy(), declared(), law.policy().effectiveAt());

        assertThat(findings)
                .as("what the law of the repository and the code disagree about")
                .isEmpty();
    }

    @Test
    @Clause("C1")
    void theLawGrantsNothingThatNoHandlerWants() throws Exception {
        Law law = law();

        for (Declared code : declared()) {
            Contract contract = law.policy().contract(code.address()).orElseThrow();

            assertThat(code.request().covers(contract.request()) && code.reply().covers(contract.reply()))
                    .as(code.address() + " is granted no more than its handler and its asker ask for")
                    .isTrue();
        }
    }

    @Test
    @Clause("C1")
    void anAddressThatTheLawDoesNotCoverIsFound() throws Exception {
        Law law = law();
        Declared unlawful = Address.of("order.advertise", io.sluice.kernel.Purpose.SERVICE_IMPROVEMENT)
                .opens(StewardshipFields.EMAIL)
                .as(granted -> granted)
                .withoutAnswer()
                .declared();

        List<String> findings = PolicyCheck.findings(
                law.policy(),
                Stream.concat(declared().stream(), Stream.of(unlawful)).toList(),
                law.policy().effectiveAt());

        assertThat(findings).containsExactly("order.advertise: has no contract in the law");
    }

    private static Law law() throws Exception {
        try (Stream<Path> versions = Files.list(POLICIES)) {
            Path latest = versions.filter(file -> file.toString().endsWith(".yaml"))
                    .max(Path::compareTo)
                    .orElseThrow();
            return LawFile.parse(String.valueOf(latest.getFileName()), Files.readString(latest), CATALOGUE);
        }
    }

    /** By reflection over all classes, so that no address can be forgotten. */
    private static List<Declared> declared() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.sluice").stream()
                        .flatMap(owner -> owner.getFields().stream())
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC)
                                && field.getRawType().isEquivalentTo(Address.class))
                        .map(LawAndCodeTest::declared)
                        .toList();
    }

    private static Declared declared(JavaField field) {
        try {
            java.lang.reflect.Field reflected = field.reflect();
            reflected.setAccessible(true);
            return ((Address<?, ?>) reflected.get(null)).declared();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.getFullName(), e);
        }
    }
}
