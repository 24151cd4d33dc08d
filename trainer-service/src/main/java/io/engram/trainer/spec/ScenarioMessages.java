package io.engram.trainer.spec;

import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.type.v1.ClassGroups;
import io.engram.proto.type.v1.ClassIncremental;
import io.engram.proto.type.v1.DomainIncremental;
import io.engram.proto.type.v1.LabelList;
import io.engram.proto.type.v1.PixelPermutation;
import io.engram.proto.type.v1.Rotation;
import io.engram.proto.type.v1.Scenario;
import io.engram.proto.type.v1.TaskIncremental;
import java.util.List;
import java.util.OptionalInt;

/** The scenario of a run spec, to and from the contract. */
final class ScenarioMessages {
    private static final int DEFAULT_TASKS = 10;
    private static final double MOST_DEGREES = 360;

    private ScenarioMessages() {}

    /** @param violations takes what only the message can get wrong */
    static ScenarioSpec read(Scenario message, List<FieldViolation> violations) {
        return kind(message, violations).withAugmentation(message.getAugmentationList());
    }

    private static ScenarioSpec kind(Scenario message, List<FieldViolation> violations) {
        return switch (message.getKindCase()) {
            case CLASS_INCREMENTAL -> read(message.getDataset(), message.getClassIncremental());
            case TASK_INCREMENTAL -> read(message.getDataset(), message.getTaskIncremental());
            case DOMAIN_INCREMENTAL -> read(message.getDataset(), message.getDomainIncremental(), violations);
            case KIND_NOT_SET -> {
                violations.add(new FieldViolation(
                        "scenario.kind",
                        "",
                        "class_incremental or task_incremental, which may be empty, or domain_incremental"));
                yield read(message.getDataset(), ClassIncremental.getDefaultInstance());
            }
        };
    }

    private static ScenarioSpec read(String dataset, ClassIncremental kind) {
        return new ScenarioSpec(
                dataset,
                ScenarioForm.CLASS_INCREMENTAL,
                optional(kind.hasFirstTaskClasses(), kind.getFirstTaskClasses()),
                optional(kind.hasClassesPerTask(), kind.getClassesPerTask()),
                optional(kind.hasTasks(), kind.getTasks()),
                read(kind.getClassOrder()));
    }

    private static ScenarioSpec read(String dataset, TaskIncremental kind) {
        return new ScenarioSpec(
                dataset,
                ScenarioForm.TASK_INCREMENTAL,
                optional(kind.hasFirstTaskClasses(), kind.getFirstTaskClasses()),
                optional(kind.hasClassesPerTask(), kind.getClassesPerTask()),
                optional(kind.hasTasks(), kind.getTasks()),
                read(kind.getClassOrder()));
    }

    private static ScenarioSpec read(String dataset, DomainIncremental kind, List<FieldViolation> violations) {
        return switch (kind.getDomainsCase()) {
            case CLASS_GROUPS -> read(dataset, kind.getClassGroups());
            case PIXEL_PERMUTATION ->
                shifted(
                        dataset,
                        new DomainShift.PixelPermutation(
                                kind.getPixelPermutation().getSeed()),
                        optional(
                                kind.getPixelPermutation().hasTasks(),
                                kind.getPixelPermutation().getTasks()));
            case ROTATION -> rotated(dataset, kind.getRotation(), violations);
            case DOMAINS_NOT_SET -> {
                violations.add(new FieldViolation(
                        "scenario.domain_incremental", "", "class_groups, pixel_permutation or rotation"));
                yield read(dataset, ClassGroups.getDefaultInstance());
            }
        };
    }

    private static ScenarioSpec read(String dataset, ClassGroups groups) {
        return new ScenarioSpec(
                dataset,
                ScenarioForm.CLASS_GROUPS,
                optional(groups.hasFirstTaskClasses(), groups.getFirstTaskClasses()),
                optional(groups.hasClassesPerTask(), groups.getClassesPerTask()),
                optional(groups.hasTasks(), groups.getTasks()),
                read(groups.getClassOrder()));
    }

    private static ScenarioSpec rotated(String dataset, Rotation rotation, List<FieldViolation> violations) {
        int tasks = rotation.hasTasks() ? rotation.getTasks() : DEFAULT_TASKS;
        double degrees = rotation.hasDegreesPerTask() ? rotation.getDegreesPerTask() : 180.0 / Math.max(1, tasks);
        if (degrees == 0 || !(Math.abs(degrees) <= MOST_DEGREES)) {
            violations.add(new FieldViolation(
                    "scenario.domain_incremental.rotation.degrees_per_task",
                    Double.toString(degrees),
                    "-360 to 360, not 0"));
        }
        return shifted(dataset, new DomainShift.Rotation(degrees), optional(rotation.hasTasks(), tasks));
    }

    private static ScenarioSpec shifted(String dataset, DomainShift shift, OptionalInt tasks) {
        return new ScenarioSpec(
                dataset,
                ScenarioForm.shifted(shift),
                OptionalInt.empty(),
                OptionalInt.empty(),
                tasks,
                new ClassOrder.Ascending());
    }

    private static OptionalInt optional(boolean given, int value) {
        return given ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private static ClassOrder read(io.engram.proto.type.v1.ClassOrder message) {
        return switch (message.getOrderCase()) {
            case LABELS -> new ClassOrder.Listed(message.getLabels().getValuesList());
            case SHUFFLE_SEED -> new ClassOrder.Shuffled(message.getShuffleSeed());
            case ORDER_NOT_SET -> new ClassOrder.Ascending();
        };
    }

    static Scenario write(ScenarioSpec spec) {
        Scenario.Builder message =
                Scenario.newBuilder().setDataset(spec.dataset()).addAllAugmentation(spec.augmentation());
        if (spec.form().kind() == ScenarioKind.CLASS_INCREMENTAL) {
            message.setClassIncremental(classIncremental(spec));
        } else if (spec.form().kind() == ScenarioKind.TASK_INCREMENTAL) {
            message.setTaskIncremental(taskIncremental(spec));
        } else {
            message.setDomainIncremental(domainIncremental(spec));
        }
        return message.build();
    }

    private static ClassIncremental classIncremental(ScenarioSpec spec) {
        ClassIncremental.Builder kind = ClassIncremental.newBuilder();
        spec.firstTaskClasses().ifPresent(kind::setFirstTaskClasses);
        spec.classesPerTask().ifPresent(kind::setClassesPerTask);
        spec.tasks().ifPresent(kind::setTasks);
        write(spec.classOrder(), kind.getClassOrderBuilder());
        return kind.build();
    }

    private static TaskIncremental taskIncremental(ScenarioSpec spec) {
        TaskIncremental.Builder kind = TaskIncremental.newBuilder();
        spec.firstTaskClasses().ifPresent(kind::setFirstTaskClasses);
        spec.classesPerTask().ifPresent(kind::setClassesPerTask);
        spec.tasks().ifPresent(kind::setTasks);
        write(spec.classOrder(), kind.getClassOrderBuilder());
        return kind.build();
    }

    private static DomainIncremental domainIncremental(ScenarioSpec spec) {
        DomainIncremental.Builder kind = DomainIncremental.newBuilder();
        DomainShift shift = spec.form().shift().orElse(null);
        if (shift instanceof DomainShift.PixelPermutation permutation) {
            PixelPermutation.Builder domains = kind.getPixelPermutationBuilder().setSeed(permutation.seed());
            spec.tasks().ifPresent(domains::setTasks);
        } else if (shift instanceof DomainShift.Rotation rotation) {
            Rotation.Builder domains = kind.getRotationBuilder().setDegreesPerTask(rotation.degreesPerTask());
            spec.tasks().ifPresent(domains::setTasks);
        } else {
            ClassGroups.Builder groups = kind.getClassGroupsBuilder();
            spec.firstTaskClasses().ifPresent(groups::setFirstTaskClasses);
            spec.classesPerTask().ifPresent(groups::setClassesPerTask);
            spec.tasks().ifPresent(groups::setTasks);
            write(spec.classOrder(), groups.getClassOrderBuilder());
        }
        return kind.build();
    }

    private static void write(ClassOrder order, io.engram.proto.type.v1.ClassOrder.Builder message) {
        if (order instanceof ClassOrder.Listed listed) {
            message.setLabels(LabelList.newBuilder().addAllValues(listed.labels()));
        } else if (order instanceof ClassOrder.Shuffled shuffled) {
            message.setShuffleSeed(shuffled.seed());
        }
    }
}
