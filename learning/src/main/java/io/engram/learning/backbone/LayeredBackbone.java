package io.engram.learning.backbone;

import java.util.List;

/** A backbone whose text, parameters and statistics come from its layers. */
interface LayeredBackbone extends Backbone {

    ConvolutionalLayers layers();

    @Override
    default String features() {
        return layers().text();
    }

    @Override
    default String layerInputs() {
        return layers().inputsText();
    }

    @Override
    default String stages() {
        return layers().stagesText();
    }

    @Override
    default List<ParameterShape> parameters() {
        return layers().parameters();
    }

    @Override
    default List<ParameterShape> statistics() {
        return layers().statistics();
    }
}
