package io.engram.learning.weight;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A backbone whose parameters and statistics start from the values of a file. */
public final class PretrainedBackbone implements Backbone {
    private final Backbone backbone;
    private final List<ParameterShape> parameters;
    private final List<ParameterShape> statistics;
    private final String provenance;

    /**
     * Reads the values.
     *
     * @param path relative to the data folder
     * @throws UnusableWeightsException where the file cannot be read, or something that the backbone needs is missing or has
     *     another shape; what the backbone does not need is passed over and named in {@link #provenance}
     */
    public PretrainedBackbone(Backbone backbone, Optional<Path> dataDir, String path) {
        this.backbone = backbone;
        WeightFile file = WeightFile.read(dataDir, path);
        List<ParameterShape> expected = new ArrayList<>(backbone.parameters());
        expected.addAll(backbone.statistics());
        WeightMatch match = WeightMatch.of(expected, file.tensors());
        if (!match.complete()) {
            throw new UnusableWeightsException("the weights of this backbone; " + match.report());
        }
        List<ParameterShape> given = match.matched().stream()
                .map(tensor -> new ParameterShape(tensor.name(), tensor.shape(), new Initial.Given(tensor.values())))
                .toList();
        parameters = given.subList(0, backbone.parameters().size());
        statistics = given.subList(backbone.parameters().size(), given.size());
        String report = match.report();
        provenance = path + ", SHA-256 " + file.sha256() + (report.isEmpty() ? "" : ", " + report);
    }

    /** The file, its digest, and what of it was not used. */
    public String provenance() {
        return provenance;
    }

    @Override
    public String features() {
        return backbone.features();
    }

    @Override
    public String layerInputs() {
        return backbone.layerInputs();
    }

    @Override
    public String stages() {
        return backbone.stages();
    }

    @Override
    public List<ParameterShape> parameters() {
        return parameters;
    }

    @Override
    public List<ParameterShape> statistics() {
        return statistics;
    }

    @Override
    public int featureSize() {
        return backbone.featureSize();
    }
}
