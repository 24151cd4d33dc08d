package io.engram.learning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows of this module, held where they are broken: the build of the module itself. */
@AnalyzeClasses(packages = "io.engram.learning", importOptions = ImportOption.DoNotIncludeTests.class)
class LearningArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_INFRASTRUCTURE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.quarkus..",
                    "io.smallrye..",
                    "jakarta..",
                    "io.grpc..",
                    "com.google.protobuf..",
                    "org.apache.kafka..",
                    "java.sql..",
                    "javax.sql..")
            .because("a researcher reads it with plain Java and DJL alone");

    @ArchTest
    static final ArchRule ONLY_TENSOR_KNOWS_THE_ENGINE = noClasses()
            .that()
            .resideOutsideOfPackage("io.engram.learning.tensor")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..")
            .because("those classes are internal to DJL and may change");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.engram.learning.(*)..").should().beFreeOfCycles();
}
