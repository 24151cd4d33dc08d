package io.engram.learning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

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
    static final ArchRule NO_STATIC_FIELD_HOLDS_OBJECTS_OF_DJL = fields().that()
            .areStatic()
            .should(new ArchCondition<>("not be of types of DJL, in collections neither") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    boolean held = field.getAllInvolvedRawTypes().stream()
                            .anyMatch(type -> type.getPackageName().startsWith("ai.djl"));
                    events.add(new SimpleConditionEvent(field, !held, field.getDescription()));
                }
            })
            .because("native executables hold static fields as they are when built, and DJL begins at run time");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLE =
            slices().matching("io.engram.learning.(*)..").should().beFreeOfCycles();
}
