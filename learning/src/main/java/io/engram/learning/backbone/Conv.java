package io.engram.learning.backbone;

import io.engram.learning.backbone.ConvolutionalLayers.Kernels;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * The small convolutional network of Vinyals, Blundell, Lillicrap, Kavukcuoglu and Wierstra 2016, section 4.1: modules of a 3x3
 * convolution of 64 filters, batch normalisation, rectified linear units and 2x2 max pooling, four of them; the features are
 * what is left at every position. Convolutions have no bias, since batch normalisation has.
 *
 * <p>Kernels start as PyTorch's layers do ({@link Initial#ofLayer}).
 */
final class Conv implements LayeredBackbone {
    static final CatalogEntry<BackboneFactory> ENTRY = new CatalogEntry<>(
            "conv",
            "3x3 convolutions with batch normalisation, rectified linear units and 2x2 max pooling",
            "Vinyals et al. 2016, Matching Networks for One Shot Learning, section 4.1",
            List.of(new Setting.IntegerList(
                    "filters", "Filters of each convolution", List.of(64.0, 64.0, 64.0, 64.0), 1, 2048, 8)),
            settings -> sampleShape -> new Conv(sampleShape, settings.integers("filters")));

    private final ConvolutionalLayers layers = new ConvolutionalLayers();
    private final int featureSize;

    private Conv(List<Integer> sampleShape, List<Integer> filters) {
        UnsuitableSamplesException.requireAtLeast(
                1 << filters.size(), "conv with " + filters.size() + " convolutions", sampleShape);
        int channels = sampleShape.get(0);
        layers.line("h = x");
        for (int layer = 0; layer < filters.size(); layer++) {
            Kernels kernels = new Kernels(channels, filters.get(layer), 3, 1);
            layers.convolution("h", "h", "conv" + (layer + 1), kernels, kernels.ofLayer());
            layers.normalise("h", "bn" + (layer + 1), kernels.out());
            layers.line("h = torch.max_pool2d(torch.relu_(h), [2, 2], [2, 2], [0, 0], [1, 1], False)");
            layers.stage("h");
            channels = kernels.out();
        }
        layers.features("torch.flatten(h, 1)");
        featureSize = channels * (sampleShape.get(1) >> filters.size()) * (sampleShape.get(2) >> filters.size());
    }

    @Override
    public ConvolutionalLayers layers() {
        return layers;
    }

    @Override
    public int featureSize() {
        return featureSize;
    }
}
