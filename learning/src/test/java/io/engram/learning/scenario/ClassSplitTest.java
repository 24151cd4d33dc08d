package io.engram.learning.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.setting.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassSplitTest {

    private final List<Violation> violations = new ArrayList<>();

    /** The columns are first_task_classes, classes_per_task, tasks, classes of the data set, and the sizes by hand. */
    @ParameterizedTest
    @CsvSource({
        // nothing given: two classes each
        ",,,10, 2 2 2 2 2",
        ",,,5, 2 2 1",
        ",,,1, 1",
        // classes per task only: the last task is smaller
        ",5,,10, 5 5",
        ",3,,10, 3 3 3 1",
        ",10,,10, 10",
        ",1,,4, 1 1 1 1",
        // tasks only: what is left divided by the tasks that are left, rounded up
        ",,5,10, 2 2 2 2 2",
        ",,3,10, 4 3 3",
        ",,4,10, 3 3 2 2",
        ",,1,10, 10",
        // first task of another size, the others of two classes
        "4,,,10, 4 2 2 2",
        "5,,,10, 5 2 2 1",
        "10,,,10, 10",
        "1,,,10, 1 2 2 2 2 1",
        // first task and classes per task
        "4,3,,10, 4 3 3",
        "5,2,,10, 5 2 2 1",
        // first task and tasks
        "4,,3,10, 4 3 3",
        "5,,3,10, 5 3 2",
        "5,,1,10, 5",
        // classes per task and tasks: classes left over take no part
        ",2,5,10, 2 2 2 2 2",
        ",2,3,10, 2 2 2",
        ",3,4,10, 3 3 3 1",
        // all three
        "4,3,2,10, 4 3",
        "4,2,4,10, 4 2 2 2",
    })
    void sizesOfTasks(Integer first, Integer perTask, Integer tasks, int classes, String sizes) {
        List<List<Integer>> split = split(first, perTask, tasks, classes);

        assertThat(violations).isEmpty();
        assertThat(split.stream().map(List::size).map(String::valueOf).toList())
                .isEqualTo(List.of(sizes.trim().split(" ")));
    }

    @Test
    void classesArriveWithAscendingLabels() {
        assertThat(split(null, 2, null, 5)).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
    }

    @Test
    void classesArriveInTheOrderOfTheList() {
        assertThat(ordered(new ClassOrder.Listed(List.of(4, 0, 3, 1, 2)), 5))
                .containsExactly(List.of(4, 0), List.of(3, 1), List.of(2));
    }

    @Test
    void classesThatTheListLeavesOutTakeNoPart() {
        assertThat(ordered(new ClassOrder.Listed(List.of(7, 2, 9)), 10)).containsExactly(List.of(7, 2), List.of(9));
        assertThat(violations).isEmpty();
    }

    @Test
    void aSeedShufflesAllClasses() {
        List<Integer> order = flat(ordered(new ClassOrder.Shuffled(3), 10));

        assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(order).isNotEqualTo(IntStream.range(0, 10).boxed().toList());
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        assertThat(ordered(new ClassOrder.Shuffled(3), 10)).isEqualTo(ordered(new ClassOrder.Shuffled(3), 10));
    }

    @Test
    void anotherSeedGivesAnotherOrder() {
        assertThat(ordered(new ClassOrder.Shuffled(3), 10)).isNotEqualTo(ordered(new ClassOrder.Shuffled(4), 10));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "11"})
    void aNumberOfTasksThatTheClassesDoNotGiveIsRefused(int tasks) {
        assertThat(split(null, null, tasks, 10)).isEmpty();
        assertThat(violations).containsExactly(violation("tasks", tasks, "1 to 10 (the scenario has 10 classes)"));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "11"})
    void moreClassesPerTaskThanThereAreAreRefused(int classesPerTask) {
        assertThat(split(null, classesPerTask, null, 10)).isEmpty();
        assertThat(violations)
                .containsExactly(
                        violation("classes_per_task", classesPerTask, "1 to 10 (the scenario has 10 classes)"));
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "11"})
    void aFirstTaskLargerThanTheDataSetIsRefused(int first) {
        assertThat(split(first, null, null, 10)).isEmpty();
        assertThat(violations)
                .containsExactly(violation("first_task_classes", first, "1 to 10 (the scenario has 10 classes)"));
    }

    @Test
    void moreTasksThanTheSizesGiveAreRefused() {
        // 8 + 2 = 10 classes are used up after two tasks
        assertThat(split(8, 2, 3, 10)).isEmpty();
        assertThat(violations)
                .containsExactly(violation("tasks", 3, "at most 2, since 10 classes are used up by then"));
    }

    @Test
    void boundsCountTheClassesOfTheList() {
        split(null, null, 4, 10, new ClassOrder.Listed(List.of(5, 6, 7)));

        assertThat(violations).containsExactly(violation("tasks", 4, "1 to 3 (the scenario has 3 classes)"));
    }

    @Test
    void everyRefusedNumberIsReported() {
        split(0, 11, -1, 10);

        assertThat(violations)
                .extracting(Violation::field)
                .containsExactlyInAnyOrder(
                        "scenario.class_incremental.first_task_classes",
                        "scenario.class_incremental.classes_per_task",
                        "scenario.class_incremental.tasks");
    }

    @Test
    void aLabelTwiceIsRefused() {
        assertThat(ordered(new ClassOrder.Listed(List.of(3, 1, 3)), 10)).isEmpty();
        assertThat(violations).containsExactly(violation("class_order.labels", "3 twice", "each label at most once"));
    }

    @ParameterizedTest
    @CsvSource({"-1", "10"})
    void aLabelThatTheDataSetLacksIsRefused(int label) {
        assertThat(ordered(new ClassOrder.Listed(List.of(0, label)), 10)).isEmpty();
        assertThat(violations).containsExactly(violation("class_order.labels", label, "labels 0 to 9 of by hand"));
    }

    @Test
    void anEmptyListIsRefusedOnce() {
        assertThat(ordered(new ClassOrder.Listed(List.of()), 10)).isEmpty();
        assertThat(violations).containsExactly(violation("class_order.labels", "an empty list", "at least one label"));
    }

    @Test
    void aListLongerThanTheDataSetHasClassesIsRefusedWithoutGoingThroughIt() {
        List<Integer> labels = IntStream.range(0, 100_000).map(k -> -1).boxed().toList();

        assertThat(ordered(new ClassOrder.Listed(labels), 10)).isEmpty();
        assertThat(violations)
                .containsExactly(violation("class_order.labels", "100000 labels", "each of 10 labels at most once"));
    }

    @Test
    void aThousandTasksAreAllowed() {
        assertThat(split(null, 1, null, 1000)).hasSize(1000);
        assertThat(violations).isEmpty();
    }

    @Test
    void moreThanAThousandTasksAreRefusedRatherThanCut() {
        assertThat(split(null, 1, null, 1001)).isEmpty();
        assertThat(violations)
                .containsExactly(violation("classes_per_task", 1, "enough for 1001 classes in at most 1000 tasks"));
    }

    private List<List<Integer>> ordered(ClassOrder order, int classes) {
        return split(null, 2, null, classes, order);
    }

    private List<List<Integer>> split(Integer first, Integer perTask, Integer tasks, int classes) {
        return split(first, perTask, tasks, classes, new ClassOrder.Ascending());
    }

    private List<List<Integer>> split(Integer first, Integer perTask, Integer tasks, int classes, ClassOrder order) {
        ScenarioSpec spec = new ScenarioSpec("by hand", optional(first), optional(perTask), optional(tasks), order);
        return ClassSplit.of(spec, classes, violations);
    }

    private static OptionalInt optional(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static Violation violation(String field, Object value, String allowed) {
        return new Violation("scenario.class_incremental." + field, String.valueOf(value), allowed);
    }

    private static List<Integer> flat(List<List<Integer>> tasks) {
        return tasks.stream().flatMap(List::stream).toList();
    }
}
