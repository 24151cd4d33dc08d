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
    static final ArchRule dependsOnTheJdkAlone =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("io.engram.replay..", "java..");

    @ArchTest
    static final ArchRule hasNoClockNoIoButToStreamsItIsGivenAndNoRandomnessOfItsOwn = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.nio.file..", "java.nio.channels..", "java.time..", "java.util.concurrent..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.Random|java\\.io\\.(File|Random).*");

    @ArchTest
    static final ArchRule policiesKnowSlotsAndNoBytes = noClasses()
            .that()
            .implement(InsertionPolicy.class)
            .or()
            .implement(SamplingPolicy.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ReplayBuffer.class, SampleBatch.class, ReplaySnapshot.class, java.nio.ByteBuffer.class);
}
