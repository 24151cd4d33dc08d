package io.engram.learning.backbone;

import io.engram.learning.backbone.ConvolutionalLayers.Kernels;
import io.engram.learning.setting.CatalogEntry;
import java.util.List;

/**
 * The residual networks for CIFAR of He, Zhang, Ren and Sun 2016, section 4.2: a 3x3 convolution of 16 channels, three stages of
 * {@code n} blocks of two 3x3 convolutions with 16, 32 and 64 channels, and the mean over all positions: {@code 6n + 2} layers
 * with the head. Where channels double, positions halve, and the shortcut is option A of section 3.3: every second position,
 * and zeros for the new channels, half of them before and half behind the old ones. So shortcuts have no parameters.
 *
 * <p>Kernels start from {@code kaiming_normal_(mode="fan_out", nonlinearity="relu")} as in torchvision's ResNets (see {@link
 * Initial#kaimingNormal}); He et al. cite the same paper and do not say which fan.
 */
final class CifarResnet implements LayeredBackbone {
    static final CatalogEntry<BackboneFactory> RESNET_20 = entry(20);
    static final CatalogEntry<BackboneFactory> RESNET_32 = entry(32);

    private static final int STAGES = 3;
    private static final int FIRST_WIDTH = 16;
    /** Positions halve twice. */
    private static final int SMALLEST_SAMPLE = 4;

    private final ConvolutionalLayers layers = new ConvolutionalLayers();

    private static CatalogEntry<BackboneFactory> entry(int depth) {
        String name = "resnet" + depth;
        return new CatalogEntry<>(
                name,
                "Residual network of " + depth + " layers for small images, shortcuts without parameters",
                "He, Zhang, Ren and Sun 2016, Deep Residual Learning for Image Recognition, section 4.2",
                List.of(),
                settings -> sampleShape -> {
                    UnsuitableSamplesException.requireAtLeast(SMALLEST_SAMPLE, name, sampleShape);
                    return new CifarResnet(sampleShape.get(0), (depth - 2) / 6);
                });
    }

    private CifarResnet(int channels, int blocks) {
        Kernels first = new Kernels(channels, FIRST_WIDTH, 3, 1);
        layers.convolution("h", "x", "conv1", first, first.ofResidualNetworks());
        layers.normalise("h", "bn1", FIRST_WIDTH);
        layers.line("h = torch.relu_(h)");
        int in = FIRST_WIDTH;
        for (int stage = 0; stage < STAGES; stage++) {
            int out = FIRST_WIDTH << stage;
            for (int block = 0; block < blocks; block++) {
                block("layer" + (stage + 1) + "." + block, in, out);
                in = out;
            }
            layers.stage("h");
        }
        layers.features("torch.mean(h, [2, 3])");
    }

    /** Section 3.2, equation 1: {@code relu(residual(h) + shortcut(h))}. */
    private void block(String name, int in, int out) {
        Kernels first = new Kernels(in, out, 3, in == out ? 1 : 2);
        Kernels second = new Kernels(out, out, 3, 1);
        layers.convolution("residual", "h", name + ".conv1", first, first.ofResidualNetworks());
        layers.normalise("residual", name + ".bn1", out);
        layers.line("residual = torch.relu_(residual)");
        layers.convolution("residual", "residual", name + ".conv2", second, second.ofResidualNetworks());
        layers.normalise("residual", name + ".bn2", out);
        if (in != out) {
            layers.line("h = torch.slice(torch.slice(h, 2, 0, 9223372036854775807, 2), 3, 0, 9223372036854775807, 2)");
            layers.line("h = torch.constant_pad_nd(h, [0, 0, 0, 0, %1$d, %1$d], 0)".formatted((out - in) / 2));
        }
        layers.line("h = torch.relu_(torch.add_(residual, h))");
    }

    @Override
    public ConvolutionalLayers layers() {
        return layers;
    }

    @Override
    public int featureSize() {
        return FIRST_WIDTH << (STAGES - 1);
    }
}
