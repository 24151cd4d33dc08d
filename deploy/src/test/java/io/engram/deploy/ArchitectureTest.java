package io.engram.deploy;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Proxy;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the arrows between and within modules. The classes are read from the modules' {@code target/classes}, so all of
 * them must have been built before; this module is the last of the build.
 */
class ArchitectureTest {

    private static final List<String> SERVICES = List.of("trainer", "buffer", "evaluator");

    private static JavaClasses everything;

    @BeforeAll
    static void readAllModules() {
        everything = new ClassFileImporter()
                .importPaths(modules().map(ArchitectureTest::classesOf).toList());
    }

    static Stream<Path> modules() {
        return Repository.modulesWithClasses().stream();
    }

    private static Path classesOf(Path module) {
        return module.resolve("target/classes");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theClassesOfEveryModuleAreThere(Path module) {
        assertThat(Repository.files(classesOf(module), ".class"))
                .as("classes of %s; build it first", module.getFileName())
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyPackageNamesItsEntryTypes(Path module) {
        Path sources = module.resolve("src/main/java");

        assertThat(Repository.files(sources, ".java").stream()
                        .map(Path::getParent)
                        .distinct())
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void nobodyLooksUpClassesByName() {
        check(noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(Class.class, "forName", String.class, boolean.class, ClassLoader.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(ServiceLoader.class, Proxy.class, URLClassLoader.class)
                .because("a native executable knows only the classes that it was told of when it was built"));
    }

    @Test
    void replayDependsOnNothing() {
        check(classes()
                .that()
                .resideInAPackage("io.engram.replay..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang..", "java.util..", "java.nio..", "java.io..", "io.engram.replay..")
                .because("it is a state machine without I/O but to streams it is given, for the buffer service and for"
                        + " everybody's tests"));
    }

    @Test
    void learningKnowsNoServiceAndNoInfrastructure() {
        check(noClasses()
                .that()
                .resideInAPackage("io.engram.learning..")
                .should()
                .dependOnClassesThat(are(infrastructure()).or(are(ofEngramOutside("learning", "replay"))))
                .because("a researcher reads it with plain Java and DJL alone"));
    }

    @Test
    void onlyThePackageTensorKnowsTheEngine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("io.engram.learning.tensor..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl.pytorch..")
                .because("those classes are internal to DJL and may change"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proto", "service", "localstack", "cli"})
    void whatIsSharedAndWhatCallsOverTheWireImportNoService(String part) {
        check(noClasses()
                .that()
                .resideInAPackage("io.engram." + part + "..")
                .should()
                .dependOnClassesThat(are(ofServicesOtherThan(part))));
    }

    @TestFactory
    Stream<DynamicTest> noServiceImportsAnother() {
        return forEachService(service -> noClasses()
                .that()
                .resideInAPackage("io.engram." + service + "..")
                .should()
                .dependOnClassesThat(are(ofServicesOtherThan(service)))
                .because("services meet on the wire alone"));
    }

    @TestFactory
    Stream<DynamicTest> nobodyImportsAnEdge() {
        return forEachService(service -> noClasses()
                .that(are(outside("io.engram." + service + ".api..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.engram." + service + ".api..")
                .because("arrows point inwards: edges know the application"));
    }

    @TestFactory
    Stream<DynamicTest> nobodyImportsAConsumerOfMessages() {
        return forEachService(service -> noClasses()
                .that()
                .resideInAPackage("io.engram." + service + "..")
                .and(are(not(consumers())))
                .should()
                .dependOnClassesThat(are(consumers()))
                .because("a consumer is an edge like a gRPC service"));
    }

    @TestFactory
    Stream<DynamicTest> theApplicationKnowsNoWireAndNoTable() {
        return forEachService(service -> noClasses()
                .that()
                .resideInAnyPackage("io.engram." + service + ".application..", "io.engram." + service + ".domain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.grpc..",
                        "jakarta.ws.rs..",
                        "org.apache.kafka..",
                        "org.eclipse.microprofile.reactive..",
                        "java.sql..",
                        "org.jdbi..")
                .because("use cases are not about how a call came in or where a row lies"));
    }

    @Test
    void nothingIsFoundByScanningOrByName() {
        check(noClasses()
                .that()
                .resideInAPackage("io.engram..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.ServiceLoader")
                .orShould()
                .callMethod(Class.class, "forName", String.class)
                .because("catalogs are code that a reader can find, and native executables know their classes"));
    }

    @Test
    void thePackagesOfLearningFormNoCycle() {
        check(slices().matching("io.engram.learning.(*)..").should().beFreeOfCycles());
    }

    @Test
    void aRuleWithNothingToCheckFails() {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage("io.engram.nowhere..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java..");

        assertThatThrownBy(() -> check(rule)).hasMessageContaining("failed to check any classes");
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(everything);
    }

    private static Stream<DynamicTest> forEachService(Function<String, ArchRule> rule) {
        return SERVICES.stream().map(service -> DynamicTest.dynamicTest(service, () -> check(rule.apply(service))));
    }

    private static DescribedPredicate<JavaClass> infrastructure() {
        return JavaClass.Predicates.resideInAnyPackage(
                "io.quarkus..",
                "io.smallrye..",
                "io.vertx..",
                "jakarta..",
                "org.eclipse.microprofile..",
                "io.grpc..",
                "com.google.protobuf..",
                "org.apache.kafka..",
                "java.sql..",
                "javax.sql..",
                "org.jdbi..");
    }

    private static DescribedPredicate<JavaClass> ofEngramOutside(String... parts) {
        String[] packages =
                Stream.of(parts).map(part -> "io.engram." + part + "..").toArray(String[]::new);
        return JavaClass.Predicates.resideInAPackage("io.engram..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages));
    }

    private static DescribedPredicate<JavaClass> ofServicesOtherThan(String part) {
        return JavaClass.Predicates.resideInAnyPackage(SERVICES.stream()
                .filter(service -> !service.equals(part))
                .map(service -> "io.engram." + service + "..")
                .toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> outside(String apiPackage) {
        return JavaClass.Predicates.resideOutsideOfPackage(apiPackage);
    }

    private static DescribedPredicate<JavaClass> consumers() {
        return DescribedPredicate.describe("consumers of messages", type -> type.getMethods().stream()
                .anyMatch(method -> method.isAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")));
    }

    private static <T> DescribedPredicate<T> not(DescribedPredicate<T> predicate) {
        return DescribedPredicate.not(predicate);
    }
}
