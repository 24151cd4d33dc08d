package io.engram.learning.head;

import io.engram.learning.backbone.Backbone;

/** Makes a head on top of a backbone. */
@FunctionalInterface
public interface HeadFactory {

    /** @param backbone gives the features it classifies */
    Head on(Backbone backbone);
}
