package io.engram.learning.backbone;

import java.util.ArrayList;
import java.util.List;

/**
 * Convolutional layers as they are written down one after another: their text, and the parameters and statistics it uses, with
 * PyTorch's names, order and constants (batch normalisation: momentum 0.1, epsilon 1e-5).
 */
final class ConvolutionalLayers {
    private final StringBuilder lines = new StringBuilder();
    private final StringBuilder linesWithInputs = new StringBuilder();
    private final StringBuilder linesWithStages = new StringBuilder();
    private final List<ParameterShape> parameters = new ArrayList<>();
    private final List<ParameterShape> statistics = new ArrayList<>();

    /** One line of text. */
    void line(String line) {
        lines.append("  ").append(line).append('\n');
        linesWithInputs.append("  ").append(line).append('\n');
        linesWithStages.append("  ").append(line).append('\n');
    }

    /**
     * {@code to = convolution(from)} without a bias, since batch normalisation follows and has a shift of its own (Ioffe and
     * Szegedy 2015, section 3.2). Borders are filled with zeros so that with a stride of 1 height and width stay as they are.
     *
     * @param initial where the first values of the kernels come from
     */
    void convolution(String to, String from, String name, Kernels kernels, Initial initial) {
        linesWithInputs.append("  patches = torch.im2col(%1$s, [%2$d, %2$d], [1, 1], [%3$d, %3$d], [%4$d, %4$d])\n"
                .formatted(from, kernels.size(), kernels.size() / 2, kernels.stride()));
        linesWithInputs.append("  torch.append(inputs, torch.flatten(torch.transpose(patches, 1, 2), 0, 1))\n");
        line("%s = torch.conv2d(%s, p[%d], None, [%4$d, %4$d], [%5$d, %5$d], [1, 1], 1)"
                .formatted(to, from, parameters.size(), kernels.stride(), kernels.size() / 2));
        parameters.add(new ParameterShape(
                "backbone." + name + ".weight",
                List.of(kernels.out(), kernels.in(), kernels.size(), kernels.size()),
                initial));
    }

    /**
     * {@code to = batch_norm(to)} (Ioffe and Szegedy 2015): by mean and variance of the batch in training, which also move the
     * running ones, and by the running ones in evaluation. Weight and running variance start at 1, bias and running mean at 0.
     */
    void normalise(String to, String name, int channels) {
        int weight = parameters.size();
        int mean = statistics.size();
        line("%1$s = torch.batch_norm(%1$s, p[%2$d], p[%3$d], s[%4$d], s[%5$d], training, 0.1, 1e-05, True)"
                .formatted(to, weight, weight + 1, mean, mean + 1));
        parameters.add(ofChannels(name + ".weight", channels, 1));
        parameters.add(ofChannels(name + ".bias", channels, 0));
        statistics.add(ofChannels(name + ".running_mean", channels, 0));
        statistics.add(ofChannels(name + ".running_var", channels, 1));
    }

    private static ParameterShape ofChannels(String name, int channels, float value) {
        return new ParameterShape("backbone." + name, List.of(channels), new Initial.Constant(value));
    }

    /** A stage ends with {@code output}. */
    void stage(String output) {
        linesWithStages.append("  torch.append(outputs, ").append(output).append(")\n");
    }

    /** The features: the last line. */
    void features(String expression) {
        line("features = " + expression);
    }

    /** Text of {@code features_of}. */
    String text() {
        return "def features_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> Tensor:\n" + lines
                + "  return features\n";
    }

    /** Text of {@code layer_inputs_of}: of a convolution, the patches that its kernels are laid on. */
    String inputsText() {
        return "def layer_inputs_of(self, p: List[Tensor], s: List[Tensor], x: Tensor) -> List[Tensor]:\n"
                + "  training = False\n  inputs = annotate(List[Tensor], [])\n" + linesWithInputs + "  return inputs\n";
    }

    /** Text of {@code stages_of}. */
    String stagesText() {
        return "def stages_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> List[Tensor]:\n"
                + "  outputs = annotate(List[Tensor], [])\n" + linesWithStages
                + "  torch.append(outputs, features)\n  return outputs\n";
    }

    List<ParameterShape> parameters() {
        return List.copyOf(parameters);
    }

    List<ParameterShape> statistics() {
        return List.copyOf(statistics);
    }

    /**
     * The kernels of a convolution.
     *
     * @param in channels it reads
     * @param out channels it gives
     * @param size height and width, odd
     * @param stride steps between positions
     */
    record Kernels(int in, int out, int size, int stride) {
        /** Initial values of torchvision's ResNets: {@code kaiming_normal_} with fan-out for rectified linear units. */
        Initial ofResidualNetworks() {
            return Initial.kaimingNormal(out * size * size);
        }

        /** Initial values of PyTorch's layers. */
        Initial ofLayer() {
            return Initial.ofLayer(in * size * size);
        }
    }
}
