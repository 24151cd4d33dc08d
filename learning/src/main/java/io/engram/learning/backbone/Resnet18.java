package io.engram.learning.backbone;

import io.engram.learning.backbone.ConvolutionalLayers.Kernels;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * ResNet-18 of He, Zhang, Ren and Sun 2016, table 1: a stem, four stages of two blocks of two 3x3 convolutions with 64, 128, 256
 * and 512 channels, and the mean over all positions. Where channels double, positions halve, and the shortcut is option B of
 * section 3.3, a 1x1 convolution. The {@code imagenet} stem is the paper's, a 7x7 convolution of stride 2 and 3x3 max pooling of
 * stride 2; the {@code cifar} stem, which continual learning uses for small images since Lopez-Paz and Ranzato 2017 (GEM), is one
 * 3x3 convolution of stride 1. {@code width} thins all stages alike, as GEM and much of online continual learning do with 20.
 *
 * <p>Names are those of torchvision. Kernels start from {@code kaiming_normal_(mode="fan_out", nonlinearity="relu")} as there (see
 * {@link Initial#kaimingNormal}).
 */
final class Resnet18 implements LayeredBackbone {
    private static final String CIFAR = "cifar";
    private static final String IMAGENET = "imagenet";

    static final CatalogEntry<BackboneFactory> ENTRY = new CatalogEntry<>(
            "resnet18",
            "Residual network of 18 layers",
            "He, Zhang, Ren and Sun 2016, Deep Residual Learning for Image Recognition",
            List.of(
                    new Setting.Choice(
                            "stem",
                            "First layers: cifar for small images (3x3), imagenet as in the paper (7x7 of stride 2, max pooling)",
                            CIFAR,
                            List.of(CIFAR, IMAGENET)),
                    new Setting.Whole(
                            "width",
                            "Channels of the first stage; the others have 2, 4 and 8 times as many. 64 as in the paper, 20 for "
                                    + "the reduced network of Lopez-Paz and Ranzato 2017",
                            64,
                            1,
                            512)),
            settings -> sampleShape -> new Resnet18(sampleShape, settings.text("stem"), settings.integer("width")));

    private static final int STAGES = 4;
    private static final int BLOCKS = 2;

    private final ConvolutionalLayers layers = new ConvolutionalLayers();
    private final int width;

    private Resnet18(List<Integer> sampleShape, String stem, int width) {
        this.width = width;
        // Positions halve three times in the stages and twice in the paper's stem.
        UnsuitableSamplesException.requireAtLeast(
                stem.equals(IMAGENET) ? 32 : 8, "resnet18 with the stem " + stem, sampleShape);
        stem(sampleShape.get(0), stem);
        int in = width;
        for (int stage = 0; stage < STAGES; stage++) {
            int out = width << stage;
            for (int block = 0; block < BLOCKS; block++) {
                block("layer" + (stage + 1) + "." + block, in, out);
                in = out;
            }
            layers.stage("h");
        }
        layers.features("torch.mean(h, [2, 3])");
    }

    private void stem(int channels, String stem) {
        boolean large = stem.equals(IMAGENET);
        Kernels kernels = large ? new Kernels(channels, width, 7, 2) : new Kernels(channels, width, 3, 1);
        layers.convolution("h", "x", "conv1", kernels, kernels.ofResidualNetworks());
        layers.normalise("h", "bn1", width);
        layers.line("h = torch.relu_(h)");
        if (large) {
            layers.line("h = torch.max_pool2d(h, [3, 3], [2, 2], [1, 1], [1, 1], False)");
        }
    }

    /** Section 3.2, equations 1 and 2: {@code relu(residual(h) + shortcut(h))}. */
    private void block(String name, int in, int out) {
        Kernels first = new Kernels(in, out, 3, in == out ? 1 : 2);
        Kernels second = new Kernels(out, out, 3, 1);
        layers.convolution("residual", "h", name + ".conv1", first, first.ofResidualNetworks());
        layers.normalise("residual", name + ".bn1", out);
        layers.line("residual = torch.relu_(residual)");
        layers.convolution("residual", "residual", name + ".conv2", second, second.ofResidualNetworks());
        layers.normalise("residual", name + ".bn2", out);
        if (in != out) {
            Kernels shortcut = new Kernels(in, out, 1, 2);
            layers.convolution("h", "h", name + ".downsample.0", shortcut, shortcut.ofResidualNetworks());
            layers.normalise("h", name + ".downsample.1", out);
        }
        layers.line("h = torch.relu_(torch.add_(residual, h))");
    }

    @Override
    public ConvolutionalLayers layers() {
        return layers;
    }

    @Override
    public int featureSize() {
        return width << (STAGES - 1);
    }
}
