package io.engram.replay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.engram.replay", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule depends_on_the_jdk_alone =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("io.engram.replay..", "java..");

    @ArchTest
    static final ArchRule has_no_clock_no_io_and_no_randomness_of_its_own = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.time..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random");

    @ArchTest
    static final ArchRule policies_know_slots_and_no_bytes = noClasses()
            .that()
            .implement(InsertionPolicy.class)
            .or()
            .implement(SamplingPolicy.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ReplayBuffer.class, SampleBatch.class, java.nio.ByteBuffer.class);
}
