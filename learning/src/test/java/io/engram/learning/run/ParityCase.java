package io.engram.learning.run;

import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Trainings that are compared with eager PyTorch, so that each method, update rule, backbone and head has one in which the head
 * grows twice and the optimiser's state with it; and each method whose loss or importances ask for the task has one in which it is
 * given.
 */
enum ParityCase {
    FINETUNE_SGD(ParityTraining.of("finetune").by("sgd", Map.of("learning_rate", 0.1))),
    FINETUNE_MOMENTUM(ParityTraining.of("finetune")
            .by("sgd", Map.of("learning_rate", 0.05, "momentum", 0.9, "weight_decay", 0.0005))),
    FINETUNE_ADAM(ParityTraining.of("finetune").by("adam", Map.of("learning_rate", 0.001))),
    EWC(ParityTraining.of("ewc", Settings.EWC)),
    ONLINE_EWC(ParityTraining.of("online-ewc", Settings.ONLINE_EWC)),
    SI(ParityTraining.of("si", Settings.SI)),
    MAS(ParityTraining.of("mas", Settings.MAS)),
    LWF(ParityTraining.of("lwf", Settings.LWF)),
    LWF_BY_TASKS(ParityTraining.of("lwf", Settings.LWF_BY_TASKS)),
    LWF_ALL_CLASSES(ParityTraining.of("lwf", Map.of("lambda", 1.5, "all_classes", true))),
    GPM(ParityTraining.of("gpm", Settings.GPM)),
    ER_SGD(ParityTraining.of("er").by("sgd", Map.of("learning_rate", 0.1))),
    ER_MOMENTUM(
            ParityTraining.of("er").by("sgd", Map.of("learning_rate", 0.05, "momentum", 0.9, "weight_decay", 0.0005))),
    ER_ADAM(ParityTraining.of("er").by("adam", Map.of("learning_rate", 0.002, "weight_decay", 0.0001))),
    ER_BY_TASKS(ParityTraining.of("er", Settings.ER_BY_TASKS)),
    A_GEM(ParityTraining.of("a-gem")),
    DER(ParityTraining.of("der", Settings.DER)),
    CUMULATIVE(ParityTraining.of("cumulative")),
    JOINT(ParityTraining.of("joint")),
    ER_ACE(ParityTraining.of("er-ace")),
    ER_AML(ParityTraining.of("er-aml")),
    MIR(ParityTraining.of("mir", Settings.MIR)),
    GSS_GREEDY(ParityTraining.of("gss-greedy", Settings.GSS_GREEDY)),
    GDUMB(ParityTraining.of("gdumb")),
    DER_PLUS_PLUS(ParityTraining.of("der++", Settings.DER_PLUS_PLUS)),
    ICARL(ParityTraining.of("icarl", Map.of("temperature", 2.0))),
    BIC(ParityTraining.of("bic")),
    WEIGHT_ALIGNING(ParityTraining.of("wa")),
    SSIL(ParityTraining.of("ssil")),
    EEIL(ParityTraining.of("eeil", Map.of("finetuning_epochs", 3.0))),
    LUCIR(ParityTraining.of("lucir")),
    PODNET(ParityTraining.of("podnet")),
    NCM(ParityTraining.of("ncm")),
    SLDA(ParityTraining.of("slda", Settings.SLDA)),
    TASK_FINETUNE(ParityTraining.of("finetune").byTask()),
    TASK_EWC(ParityTraining.of("ewc", Settings.EWC).byTask()),
    TASK_ONLINE_EWC(ParityTraining.of("online-ewc", Settings.ONLINE_EWC).byTask()),
    TASK_SI(ParityTraining.of("si", Settings.SI).byTask()),
    TASK_MAS(ParityTraining.of("mas", Settings.MAS).byTask()),
    TASK_LWF(ParityTraining.of("lwf", Settings.LWF).byTask()),
    TASK_GPM(ParityTraining.of("gpm", Settings.GPM).byTask()),
    TASK_ER(ParityTraining.of("er").byTask()),
    TASK_ER_BY_TASKS(ParityTraining.of("er", Settings.ER_BY_TASKS).byTask()),
    TASK_A_GEM(ParityTraining.of("a-gem").byTask()),
    TASK_DER(ParityTraining.of("der", Settings.DER).byTask()),
    TASK_DER_PLUS_PLUS(ParityTraining.of("der++", Settings.DER_PLUS_PLUS).byTask()),
    TASK_CUMULATIVE(ParityTraining.of("cumulative").byTask()),
    TASK_JOINT(ParityTraining.of("joint").byTask()),
    TASK_ER_ACE(ParityTraining.of("er-ace").byTask()),
    TASK_ER_AML(ParityTraining.of("er-aml").byTask()),
    TASK_MIR(ParityTraining.of("mir", Settings.MIR).byTask()),
    TASK_GSS_GREEDY(ParityTraining.of("gss-greedy", Settings.GSS_GREEDY).byTask()),
    TASK_GDUMB(ParityTraining.of("gdumb").byTask()),
    DOMAIN_FINETUNE(ParityTraining.of("finetune").byDomain()),
    DOMAIN_EWC(ParityTraining.of("ewc", Settings.EWC).byDomain()),
    DOMAIN_LWF_BY_TASKS(ParityTraining.of("lwf", Settings.LWF_BY_TASKS).byDomain()),
    DOMAIN_GPM(ParityTraining.of("gpm", Settings.GPM).byDomain()),
    DOMAIN_ER(ParityTraining.of("er").byDomain()),
    DOMAIN_ER_BY_TASKS(ParityTraining.of("er", Settings.ER_BY_TASKS).byDomain()),
    DOMAIN_DER(ParityTraining.of("der", Settings.DER).byDomain()),
    DOMAIN_SLDA(ParityTraining.of("slda", Settings.SLDA).byDomain()),
    COSINE_HEAD(ParityTraining.of("er").with(Component.named("cosine"))),
    SPLIT_COSINE_HEAD(ParityTraining.of("er").with(new Component("split-cosine", Map.of("proxies", 3.0)))),
    /** Large enough for its products and updates to be split among threads. */
    WIDE(ParityTraining.of("er").on(Backbones.WIDE, "mlp")),
    CONV(ParityTraining.of("finetune").on(Backbones.CONV, "conv:4,8")),
    CONV_ER(ParityTraining.of("er").on(Backbones.CONV, "conv:4,8")),
    RESNET_20(ParityTraining.of("finetune").on(Component.named("resnet20"), "resnet20")),
    RESNET_32(ParityTraining.of("finetune").on(Component.named("resnet32"), "resnet32")),
    RESNET_18(ParityTraining.of("finetune").on(Component.named("resnet18"), "resnet18")),
    RESNET_18_IMAGENET(ParityTraining.of("finetune")
            .onImages()
            .on(new Component("resnet18", Map.of("width", 8.0, "stem", "imagenet")), "resnet18:8:imagenet")),
    TORCHSCRIPT(ParityTraining.of("finetune").on(TorchScriptFiles.component(true), "torchscript")),
    TORCHSCRIPT_ER(ParityTraining.of("er").on(TorchScriptFiles.component(true), "torchscript"));

    private final ParityTraining training;

    ParityCase(ParityTraining training) {
        this.training = training;
    }

    ParityTraining training() {
        return training;
    }

    /**
     * Whether the result is small and the same can be asked for of all processors. Of a residual network it cannot: with other
     * instructions, eager PyTorch itself ends more than 1 away, as batch normalisation makes much of last bits.
     */
    boolean hasFixture() {
        return this != WIDE && !training.backbone().name().startsWith("resnet");
    }

    /** File of the reference's result in the test resources. */
    String fixture() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".bin";
    }

    private static final class Settings {
        private static final Map<String, Object> EWC = Map.of("lambda", 500.0, "importance_samples", 40.0);
        private static final Map<String, Object> ONLINE_EWC =
                Map.of("lambda", 500.0, "gamma", 0.9, "importance_samples", 40.0);
        private static final Map<String, Object> SI = Map.of("c", 2.0, "xi", 0.01);
        private static final Map<String, Object> MAS = Map.of("lambda", 3.0, "importance_samples", 40.0);
        private static final Map<String, Object> LWF = Map.of("lambda", 1.5, "temperature", 2.0);
        private static final Map<String, Object> LWF_BY_TASKS = Map.of("lambda", 1.5, "by_tasks", true);
        private static final Map<String, Object> GPM = Map.of("threshold", 0.9);
        private static final Map<String, Object> ER_BY_TASKS = Map.of("by_tasks", true);
        private static final Map<String, Object> DER = Map.of("alpha", 0.7);
        private static final Map<String, Object> MIR = Map.of("candidates", 40.0);
        private static final Map<String, Object> GSS_GREEDY = Map.of("compared", 5.0);
        /** The default's discriminants are in the hundreds, of which 1e-5 is less than a bit. */
        private static final Map<String, Object> SLDA = Map.of("shrinkage", 0.1);

        private static final Map<String, Object> DER_PLUS_PLUS = Map.of("alpha", 0.4, "beta", 0.7);
    }

    private static final class Backbones {
        private static final Component WIDE = new Component("mlp", Map.of("hidden", List.of(1024.0, 1024.0)));
        private static final Component CONV = new Component("conv", Map.of("filters", List.of(4.0, 8.0)));
    }
}
