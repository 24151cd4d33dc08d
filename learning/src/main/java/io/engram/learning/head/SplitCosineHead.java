package io.engram.learning.head;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.List;

/**
 * A cosine head whose classes are split into several modes, a weight ("proxy") for each (Douillard, Cord, Ollion, Robert and Valle
 * 2020, "PODNet: Pooled Outputs Distillation for Small-Tasks Incremental Learning", equation 7, the local similarity classifier):
 * the similarity of a class is the mean of the cosines with its proxies, weighted by their softmax. The scale is as in {@link
 * CosineHead}, and so is {@code similarities}. With one proxy the two are the same.
 */
final class SplitCosineHead implements Head {
    static final CatalogEntry<HeadFactory> ENTRY = new CatalogEntry<>(
            "split-cosine",
            "A cosine head with several weights for each class",
            "Douillard et al. 2020, PODNet: Pooled Outputs Distillation for Small-Tasks Incremental Learning",
            List.of(new Setting.Whole("proxies", "Weights of each class", 10, 1, 1000)),
            settings -> backbone -> new SplitCosineHead(backbone, settings.integer("proxies")));

    private final Backbone backbone;
    private final int proxies;

    private SplitCosineHead(Backbone backbone, int proxies) {
        this.backbone = backbone;
        this.proxies = proxies;
    }

    @Override
    public String text() {
        int first = backbone.parameters().size();
        return """
                def similarities(self, p: List[Tensor], features: Tensor) -> Tensor:
                  proxies = self.normalised(torch.flatten(p[%2$d], 0, 1))
                  cosines = torch.linear(self.normalised(features), proxies)
                  of_class = torch.reshape(cosines, [-1, torch.size(p[%2$d], 0), %3$d])
                  return torch.sum(torch.mul(of_class, torch.softmax(of_class, 2)), [2])
                def classified(self, p: List[Tensor], features: Tensor) -> Tensor:
                  return torch.mul(self.similarities(p, features), p[%1$d])
                """.formatted(first, first + 1, proxies);
    }

    @Override
    public List<ParameterShape> parameters(int classes) {
        int features = backbone.featureSize();
        return List.of(
                new ParameterShape("head.scale", List.of(1), new Initial.Constant(1)),
                new ParameterShape("head.weight", List.of(classes, proxies, features), features));
    }
}
