package io.sluice.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.errorprone.annotations.CheckReturnValue;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.sluice.app.config.Config;
import io.sluice.app.node.Guarding;
import io.sluice.app.node.Node;
import io.vertx.core.Verticle;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.NullMarked;

/** The rules of the house that a compiler does not know. Each says why by its name and {@code because}. */
@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String KERNEL = "io.sluice.kernel..";
    private static final String GUARD = "io.sluice.guard..";
    private static final String STORAGE = "io.sluice.storage..";
    private static final String VAULT = "io.sluice.vault..";
    private static final String LEDGER = "io.sluice.ledger..";
    private static final String COMMERCE = "io.sluice.commerce..";
    private static final String STEWARDSHIP = "io.sluice.stewardship..";
    private static final String GATEWAY = "io.sluice.gateway..";
    private static final String APP = "io.sluice.app..";

    // imports point down only

    @ArchTest
    static final ArchRule theKernelIsPureJava = classes()
            .that()
            .resideInAPackage(KERNEL)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    KERNEL, "java..", "org.jspecify.annotations..", "com.google.errorprone.annotations.."))
            .because("what decides about personal data must be readable and testable without anything else");

    @ArchTest
    static final ArchRule theGuardKnowsNoRoom = onlyThese(GUARD, KERNEL);

    @ArchTest
    static final ArchRule theStorageKnowsTheKernelOnly = onlyThese(STORAGE, KERNEL);

    @ArchTest
    static final ArchRule theVaultKnowsNoSibling = onlyThese(VAULT, GUARD, KERNEL, STORAGE);

    @ArchTest
    static final ArchRule theLedgerKnowsNoSibling = onlyThese(LEDGER, GUARD, KERNEL, STORAGE);

    @ArchTest
    static final ArchRule commerceKnowsNoSibling = onlyThese(COMMERCE, GUARD, KERNEL, STORAGE);

    @ArchTest
    static final ArchRule stewardshipKnowsNoSibling = onlyThese(STEWARDSHIP, GUARD, KERNEL, STORAGE);

    @ArchTest
    static final ArchRule theGatewayReachesStorageOverTheBusOnly =
            onlyThese(GATEWAY, COMMERCE, STEWARDSHIP, VAULT, LEDGER, GUARD, KERNEL);

    @ArchTest
    static final ArchRule nobodyKnowsTheApp = noClasses()
            .that()
            .resideInAPackage("io.sluice..")
            .and()
            .resideOutsideOfPackage(APP)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(APP)
            .because("wiring stands above everything");

    @ArchTest
    static final ArchRule roomsDoNotRunInCircles =
            slices().matching("io.sluice.(*)..").should().beFreeOfCycles();

    // commerce's features share one aggregate and know each other; the app's packages have no such reason
    @ArchTest
    static final ArchRule theAppsPackagesDoNotRunInCircles =
            slices().matching("io.sluice.app.(*)..").should().beFreeOfCycles();

    // one thing, one room

    @ArchTest
    static final ArchRule onlyTheGuardTouchesTheEventBus = noClasses()
            .that()
            .resideOutsideOfPackages(GUARD, "io.sluice.app.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.core.eventbus..")
            .because("a message that does not pass the guard passes no privacy decision;"
                    + " app.cluster sets the bus's own certificates and sends nothing");

    @ArchTest
    static final ArchRule nobodyElseReachesForTheEventBus = noClasses()
            .that()
            .resideOutsideOfPackage(GUARD)
            .should()
            .callMethod(io.vertx.core.Vertx.class, "eventBus")
            .because("naming no type of the bus does not make its use any better");

    @ArchTest
    static final ArchRule everyNodeOfTheProductIsGuarded = noClasses()
            .that()
            .doNotBelongToAnyOf(Node.class)
            .should()
            .callMethod(Node.class, "start", Config.class, Guarding.class)
            .because("a node with another guard than the one that enforces is for measurements, outside the product");

    @ArchTest
    static final ArchRule theGateHasNoLaxerKin = classes()
            .that()
            .areAssignableTo("io.sluice.guard.Gate")
            .should()
            .haveFullyQualifiedName("io.sluice.guard.Gate");

    @ArchTest
    static final ArchRule onlyTheGatewayAndTheOutsideKnowHttp = noClasses()
            .that()
            .resideOutsideOfPackages(GATEWAY, APP, "io.sluice.vault.transit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "java.net.http..")
            .because("whoever speaks HTTP may be spoken to by anybody; vault.transit asks one server and answers none");

    @ArchTest
    static final ArchRule onlyStorageOpensConnections = noClasses()
            .that()
            .resideOutsideOfPackages(STORAGE, VAULT, LEDGER, COMMERCE, STEWARDSHIP, APP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..");

    @ArchTest
    static final ArchRule rulesOfTheProductDoNotLiveInTheApp = noClasses()
            .that()
            .resideInAPackage(APP)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..")
            .because("the app wires stores and never writes a statement itself");

    @ArchTest
    static final ArchRule whatChecksReceiptsSharesNoCodeWithWhatMakesThem = classes()
            .that()
            .resideInAPackage("io.sluice.app.receipt..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "io.sluice.app.receipt..",
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.jspecify.annotations..",
                    "com.google.errorprone.annotations.."))
            .because("a mistake in the one must not excuse itself in the other");

    // shapes

    @ArchTest
    static final ArchRule everyPackageHasADoorSign = classes()
            .that()
            .resideInAPackage("io.sluice..")
            .should(new ArchCondition<JavaClass>("live in a package marked @NullMarked and @CheckReturnValue") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    boolean signed = each.getPackage().isAnnotatedWith(NullMarked.class)
                            && each.getPackage().isAnnotatedWith(CheckReturnValue.class);
                    events.add(new SimpleConditionEvent(
                            each, signed, each.getPackageName() + " has no package-info with both marks"));
                }
            });

    @ArchTest
    static final ArchRule verticlesAreVerticleBases = classes()
            .that()
            .areAssignableTo(Verticle.class)
            .or()
            .haveSimpleNameEndingWith("Verticle")
            .should()
            .beAssignableTo(VerticleBase.class)
            .andShould()
            .haveSimpleNameEndingWith("Verticle")
            .andShould()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule verticlesHaveSmallFaces = classes()
            .that()
            .areAssignableTo(VerticleBase.class)
            .should(new ArchCondition<JavaClass>("declare at most 20 methods") {
                @Override
                public void check(JavaClass each, ConditionEvents events) {
                    long methods = each.getMethods().stream()
                            .filter(method -> !method.getName().contains("$"))
                            .count();
                    events.add(new SimpleConditionEvent(
                            each, methods <= 20, each.getName() + " declares " + methods + " methods; split it"));
                }
            })
            .because("a verticle subscribes, delegates and releases; what it decides lives elsewhere");

    @ArchTest
    static final ArchRule fieldsAreNotInjected = noFields()
            .should()
            .beAnnotatedWith("jakarta.inject.Inject")
            .orShould()
            .beAnnotatedWith("javax.inject.Inject")
            .because("wiring is by hand, in the app");

    @ArchTest
    static final ArchRule nothingStaticCanChange = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("state belongs to an object that somebody made and ends");

    @ArchTest
    static final ArchRule namesSayMoreThanManager = noClasses()
            .that()
            .areNotAnonymousClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Dto")
            .orShould()
            .haveSimpleNameStartingWith("Abstract");

    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("a race is closed, not dodged");

    @ArchTest
    static final ArchRule nobodySerialises =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream");

    private static ArchRule onlyThese(String room, String... rooms) {
        return classes()
                .that(resideInAPackage(room))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(rooms)
                        .or(resideInAPackage(room))
                        .or(com.tngtech.archunit.base.DescribedPredicate.not(resideInAPackage("io.sluice.."))))
                .because("imports point down, and siblings meet in kernel words and over the bus");
    }
}
